import CText
import TextForms

/// Makes codes of the numbers of one batch's traces after another (`ctext_trace_encode`); one per thread.
///
/// What it makes are numbers of 64 bits: how many numbers were coded, how many entries the dictionary has (bits 0 to
/// 31) and how many codes there are (from bit 32); the entries; the codes.
final class TraceCoder {
    private var dictionary: ctext_trace_dictionary
    private var codes: UnsafeMutablePointer<UInt16>
    private var capacity = TraceCoder.usualCapacity
    private var codeCount = 0
    private var numberCount = 0

    private static let header = 2
    private static let usualCapacity = 1 << 19
    private static let piece = 1 << 16
    /// Of one mark.
    private static let mostLiterals = 0xFFFF

    init() {
        codes = .allocate(capacity: capacity)
        dictionary = ctext_trace_dictionary(
            slots: .allocate(capacity: Int(CTEXT_TRACE_SLOTS)),
            entries: .allocate(capacity: Int(CTEXT_TRACE_ENTRIES)), count: 0)
        ctext_trace_clear(&dictionary)
    }

    deinit {
        codes.deallocate()
        dictionary.slots.deallocate()
        dictionary.entries.deallocate()
    }

    /// Adds words and marks.
    func add(_ numbers: UnsafeBufferPointer<UInt64>, _ range: Range<Int>) {
        guard let start = numbers.baseAddress else { return }
        var at = range.lowerBound
        // A piece at a time: few words take the longest code.
        while at < range.upperBound {
            let count = min(Self.piece, range.upperBound - at)
            reserve(count * Int(CTEXT_TRACE_LONGEST))
            codeCount += ctext_trace_encode(&dictionary, start + at, count, codes + codeCount)
            at += count
        }
        numberCount += range.count
    }

    /// Adds numbers that seldom come again.
    func add(literally numbers: UnsafeBufferPointer<UInt64>, _ range: Range<Int>) {
        guard let start = numbers.baseAddress else { return }
        reserve(range.count * Int(CTEXT_TRACE_LONGEST))
        var at = range.lowerBound
        while at < range.upperBound {
            let count = min(Self.mostLiterals, range.upperBound - at)
            codeCount += ctext_trace_literals(start + at, count, codes + codeCount)
            at += count
        }
        numberCount += range.count
    }

    /// Makes room for so many codes more.
    private func reserve(_ more: Int) {
        guard codeCount + more > capacity else { return }
        let larger = max(capacity * 2, codeCount + more)
        let moved = UnsafeMutablePointer<UInt16>.allocate(capacity: larger)
        moved.update(from: codes, count: codeCount)
        codes.deallocate()
        codes = moved
        capacity = larger
    }

    /// Ends the batch; what is added next belongs to another.
    ///
    /// - Complexity: O(codes).
    func finish() -> [UInt64] {
        let entryCount = dictionary.count
        let size = Self.header + entryCount + (codeCount + 3) / 4
        let made = [UInt64](unsafeUninitializedCapacity: size) { target, initialized in
            target.initialize(repeating: 0)
            target[0] = UInt64(numberCount)
            target[1] = UInt64(entryCount) | UInt64(codeCount) << 32
            let bytes = UnsafeMutableRawBufferPointer(target)
            let entries = UnsafeRawBufferPointer(
                UnsafeBufferPointer(start: dictionary.entries, count: entryCount))
            let start = Self.header * MemoryLayout<UInt64>.stride
            UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).copyMemory(from: entries)
            UnsafeMutableRawBufferPointer(rebasing: bytes[(start + entries.count)...])
                .copyMemory(from: UnsafeRawBufferPointer(UnsafeBufferPointer(start: codes, count: codeCount)))
            initialized = size
        }
        ctext_trace_clear(&dictionary)
        codeCount = 0
        numberCount = 0
        if capacity > Self.usualCapacity {
            codes.deallocate()
            capacity = Self.usualCapacity
            codes = .allocate(capacity: capacity)
        }
        return made
    }

    /// Gives the numbers back that a batch was made of.
    ///
    /// - Parameter room: emptied, and filled with them.
    /// - Returns: the numbers, in `room`.
    /// - Complexity: O(numbers).
    static func decode(
        _ coded: UnsafeRawBufferPointer, into room: HashBuffer
    ) -> UnsafeBufferPointer<UInt64> {
        let numbers = coded.assumingMemoryBound(to: UInt64.self)
        let count = Int(numbers[0])
        room.removeAll()
        room.reserve(count)
        let entryCount = Int(numbers[1] & 0xFFFF_FFFF)
        guard let start = numbers.baseAddress else { preconditionFailure("a trace has a header") }
        let codes = UnsafeRawPointer(start + header + entryCount).assumingMemoryBound(to: UInt16.self)
        room.fill {
            ctext_trace_decode(start + header, entryCount, codes, Int(numbers[1] >> 32), $0, count)
        }
        precondition(room.count == count, "as many numbers come back")
        return room.hashes
    }
}
