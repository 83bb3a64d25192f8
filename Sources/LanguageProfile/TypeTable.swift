import CText
import TextForms

/// Types (words by their key) with their counts, exact; of one thread, or of all once they are merged.
package final class TypeTable {
    /// What is counted of a type, in tokens.
    struct Counts {
        /// By `ProfileRole`.
        var ofRole: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0, 0, 0)
        /// All letters capital, of two letters or more.
        var upper: UInt32 = 0
        /// A first capital inside a sentence.
        var capitalised: UInt32 = 0
        /// A first capital where a sentence may begin.
        var initial: UInt32 = 0
        /// Tokens that stand within three words of another unknown word.
        var crowded: UInt32 = 0
        var state = State.unknown

        var total: Int {
            Int(ofRole.0) + Int(ofRole.1) + Int(ofRole.2) + Int(ofRole.3) + Int(ofRole.4) + Int(ofRole.5)
        }
        /// Tokens in small letters.
        var lower: Int { total - Int(upper) - Int(capitalised) - Int(initial) }

        subscript(role: ProfileRole) -> UInt32 {
            get {
                switch role {
                case .system: ofRole.0
                case .user: ofRole.1
                case .assistant: ofRole.2
                case .rejected: ofRole.3
                case .tool: ofRole.4
                case .text: ofRole.5
                }
            }
            set {
                switch role {
                case .system: ofRole.0 = newValue
                case .user: ofRole.1 = newValue
                case .assistant: ofRole.2 = newValue
                case .rejected: ofRole.3 = newValue
                case .tool: ofRole.4 = newValue
                case .text: ofRole.5 = newValue
                }
            }
        }

        mutating func add(_ other: Counts) {
            for role in ProfileRole.allCases { self[role] &+= other[role] }
            upper &+= other.upper
            capitalised &+= other.capitalised
            initial &+= other.initial
            crowded &+= other.crowded
        }
    }

    enum State: UInt8 {
        case unknown
        /// Listed, or formed by rule from a listed word.
        case known
        /// Known to a dictionary of another language.
        case foreign
        /// Two words with a hyphen.
        case compound
    }

    private let table: ByteTable
    private var counts: UnsafeMutablePointer<Counts>
    private var capacity: Int

    init(expecting: Int = 1 << 14) {
        table = ByteTable(expecting: expecting)
        capacity = max(1024, expecting)
        counts = .allocate(capacity: capacity)
    }

    deinit { counts.deallocate() }

    package var count: Int { table.count }
    var memoryBytes: Int { table.memoryBytes + capacity * MemoryLayout<Counts>.stride }

    func key(_ number: Int) -> UnsafeRawBufferPointer { table.bytes(number) }
    func hash(_ number: Int) -> UInt64 { table.hash(number) }
    func counts(_ number: Int) -> Counts { counts[number] }

    func find(_ key: UnsafeRawBufferPointer) -> Int? { table.find(key, hash: LexicalReader.hash(ofKey: key)) }
    func find(_ key: [UInt8]) -> Int? { key.withUnsafeBytes { find($0) } }

    /// The type of a word; `state` is asked for a type that is new.
    @inline(__always)
    func insert(
        _ bytes: UnsafeRawBufferPointer, hash: UInt64, foldsCase: Bool,
        state: (UnsafeRawBufferPointer) -> State
    ) -> Int {
        let (number, isNew) = table.insert(bytes, hash: hash, foldsCase: foldsCase)
        if isNew { begin(number, state(table.bytes(number))) }
        return number
    }

    @inline(never)
    private func begin(_ number: Int, _ state: State) {
        if number >= capacity {
            let moved = UnsafeMutablePointer<Counts>.allocate(capacity: capacity * 2)
            moved.update(from: counts, count: capacity)
            counts.deallocate()
            counts = moved
            capacity *= 2
        }
        counts[number] = Counts(state: state)
    }

    @inline(__always)
    func state(_ number: Int) -> State { counts[number].state }

    /// Counts one token.
    @inline(__always)
    func count(_ number: Int, _ role: ProfileRole, _ letterCase: LetterCase, isCrowded: Bool) {
        counts[number][role] &+= 1
        if isCrowded { counts[number].crowded &+= 1 }
        switch letterCase {
        case .lower: break
        case .upper: counts[number].upper &+= 1
        case .capitalised: counts[number].capitalised &+= 1
        case .initial: counts[number].initial &+= 1
        }
    }

    /// Adds what another thread counted.
    func merge(_ other: TypeTable) {
        for number in 0..<other.count {
            add(other.key(number), hash: other.hash(number), other.counts(number))
        }
    }

    func add(_ key: UnsafeRawBufferPointer, hash: UInt64, _ more: Counts) {
        let own = insert(key, hash: hash, foldsCase: false) { _ in more.state }
        counts[own].add(more)
    }

    func removeAll() { table.removeAll() }
}
