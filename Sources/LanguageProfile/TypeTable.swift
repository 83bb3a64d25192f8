import CText
import TextForms

/// Types (words by their key) with their counts, exact; of one thread, or of all once they are merged.
package final class TypeTable {
    typealias Counts = ctext_type_counts

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

    /// What is known of a word before it is counted.
    struct Nature {
        var state: State
        var function = FunctionWords.Kind.none

        var isKnown: Bool { state == .known || state == .foreign }
    }

    /// The type of a word; `nature` is asked for a type that is new.
    @inline(__always)
    func insert(
        _ bytes: UnsafeRawBufferPointer, hash: UInt64, foldsCase: Bool,
        nature: (UnsafeRawBufferPointer) -> Nature
    ) -> Int {
        let (number, isNew) = table.insert(bytes, hash: hash, foldsCase: foldsCase)
        if isNew { begin(number, nature(table.bytes(number))) }
        return number
    }

    @inline(never)
    private func begin(_ number: Int, _ nature: Nature) {
        if number >= capacity {
            let moved = UnsafeMutablePointer<Counts>.allocate(capacity: capacity * 2)
            moved.update(from: counts, count: capacity)
            counts.deallocate()
            counts = moved
            capacity *= 2
        }
        counts[number] = Counts()
        counts[number].kind = nature.state.rawValue
        counts[number].function = nature.function.rawValue
    }

    func state(_ number: Int) -> State { counts[number].state }

    /// The numbers of the tokens' types; types that are new are added.
    ///
    /// - Parameter insert: adds a token's type and gives its number.
    @inline(__always)
    func find(
        _ tokens: UnsafeBufferPointer<ctext_token>, _ bytes: UnsafeRawBufferPointer,
        into types: UnsafeMutablePointer<UInt32>, insert: (ctext_token) -> Int
    ) {
        table.find(tokens, bytes, into: types)
        for at in tokens.indices where types[at] == ByteTable.none { types[at] = UInt32(insert(tokens[at])) }
    }

    /// Judges the tokens of a batch by their types.
    func judge(_ types: UnsafeBufferPointer<UInt32>) -> ctext_types_judgement {
        ctext_types_judge(types.baseAddress, types.count, counts)
    }

    /// Counts the tokens of a batch.
    ///
    /// - Parameter unknown: as judged.
    func count(
        _ tokens: UnsafeBufferPointer<ctext_token>, _ types: UnsafeBufferPointer<UInt32>, _ role: ProfileRole,
        unknown: Int
    ) {
        ctext_types_count(
            types.baseAddress, tokens.baseAddress, tokens.count, UInt32(role.rawValue), unknown, counts)
    }

    /// Adds what another thread counted.
    func merge(_ other: TypeTable) {
        for number in 0..<other.count {
            add(other.key(number), hash: other.hash(number), other.counts(number))
        }
    }

    func add(_ key: UnsafeRawBufferPointer, hash: UInt64, _ more: Counts) {
        let own = insert(key, hash: hash, foldsCase: false) { _ in Nature(state: more.state) }
        counts[own].add(more)
    }

    func removeAll() { table.removeAll() }
}

extension ctext_type_counts {
    var state: TypeTable.State {
        get { TypeTable.State(rawValue: kind) ?? .unknown }
        set { kind = newValue.rawValue }
    }

    var total: Int {
        Int(of_role.0) + Int(of_role.1) + Int(of_role.2) + Int(of_role.3) + Int(of_role.4) + Int(of_role.5)
    }
    /// Tokens in small letters.
    var lower: Int { total - Int(upper) - Int(capitalised) - Int(initial) }

    mutating func add(_ other: Self) {
        of_role.0 &+= other.of_role.0
        of_role.1 &+= other.of_role.1
        of_role.2 &+= other.of_role.2
        of_role.3 &+= other.of_role.3
        of_role.4 &+= other.of_role.4
        of_role.5 &+= other.of_role.5
        upper &+= other.upper
        capitalised &+= other.capitalised
        initial &+= other.initial
        crowded &+= other.crowded
    }
}
