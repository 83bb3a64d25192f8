import CText
import Glibc

/// The words of runs of scripts without spaces, remembered for a run that is met again; for one thread.
///
/// ICU's dictionaries break 5 to 15 MB/s; near duplicates, and texts that are read more than once, have the same runs
/// again. Runs are told apart by their bytes. What is remembered takes at most 9 MiB and is all forgotten when it is full.
final class BrokenRuns {
    /// A longer run is broken each time: in a byte fit the borders of its words.
    static let longestRun = 255
    /// Runs, and bytes of them and their borders, that are remembered at most.
    private static let slotCount = 1 << 17
    static let roomBytes = 6 << 20

    private struct Slot {
        /// Where the run stands in `bytes`, plus one: its length, the number of its words, the run, and the first and
        /// last border of each word; 0: free.
        var place: UInt32 = 0
        /// Bits of the run's hash that did not choose the slot.
        var mark: UInt32 = 0
    }

    private let breaker: WordBreaker
    private let roomBytes: Int
    private var slots: [Slot] = []
    private var bytes: [UInt8] = []
    private var borders: [UInt8] = []

    /// - Parameter roomBytes: of runs that are remembered; another number is for tests.
    init(_ breaker: WordBreaker, roomBytes: Int = BrokenRuns.roomBytes) {
        self.breaker = breaker
        self.roomBytes = roomBytes
    }

    /// Calls back as `WordBreaker.forEachWord`.
    ///
    /// - Complexity: O(bytes).
    func forEachWord(in text: UnsafeRawBufferPointer, run: Range<Int>, _ body: (Range<Int>) -> Void) {
        guard run.count <= Self.longestRun, let start = text.baseAddress.map({ $0 + run.lowerBound }) else {
            return breaker.forEachWord(in: text, run: run, body)
        }
        let hash = ctext_xxh3_64(start, run.count, 0)
        let home = Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)
        let mark = UInt32(truncatingIfNeeded: hash >> 32)
        let key = UnsafeRawBufferPointer(start: start, count: run.count)
        if !slots.isEmpty, slots[home].mark == mark, slots[home].place > 0,
            recall(Int(slots[home].place) - 1, key, from: run.lowerBound, body)
        {
            return
        }
        borders.removeAll(keepingCapacity: true)
        breaker.forEachWord(in: text, run: run) { word in
            borders.append(UInt8(word.lowerBound - run.lowerBound))
            borders.append(UInt8(word.upperBound - run.lowerBound))
            body(word)
        }
        remember(key, home, mark)
    }

    /// Calls back with the words of the run at a place, if it is the one that is asked for.
    private func recall(
        _ place: Int, _ key: UnsafeRawBufferPointer, from start: Int, _ body: (Range<Int>) -> Void
    ) -> Bool {
        bytes.withUnsafeBytes { bytes in
            guard Int(bytes[place]) == key.count, let known = bytes.baseAddress.map({ $0 + place + 2 }),
                let asked = key.baseAddress, memcmp(known, asked, key.count) == 0
            else { return false }
            var at = place + 2 + key.count
            for _ in 0..<bytes[place + 1] {
                body(start + Int(bytes[at])..<start + Int(bytes[at + 1]))
                at += 2
            }
            return true
        }
    }

    private func remember(_ key: UnsafeRawBufferPointer, _ home: Int, _ mark: UInt32) {
        if slots.isEmpty || bytes.count + 2 + key.count + borders.count > roomBytes {
            slots.removeAll(keepingCapacity: true)
            slots.append(contentsOf: repeatElement(Slot(), count: Self.slotCount))
            bytes.removeAll(keepingCapacity: true)
        }
        slots[home] = Slot(place: UInt32(bytes.count) + 1, mark: mark)
        bytes.append(UInt8(key.count))
        bytes.append(UInt8(borders.count / 2))
        bytes.append(contentsOf: key)
        bytes.append(contentsOf: borders)
    }
}
