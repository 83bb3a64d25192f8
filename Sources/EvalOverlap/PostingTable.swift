import CText

/// Where the hashes of eval texts stand: hash -> places in texts.
///
/// A directory by the first bits of a hash leads to its entries, which follow one another with 30 bits more of the
/// hash each; a key is the number of its first entry. Two hashes of a directory's part that share those 30 bits are
/// taken for one: the texts are compared afterwards. A look-up is O(1); an entry takes 14 to 16 bytes, the filter
/// included.
///
/// `@unchecked Sendable` without a lock: nothing changes once it is built.
package final class PostingTable: @unchecked Sendable {
    package struct Posting: Sendable {
        package var text: UInt32
        /// A word of the text, or a byte of its stream.
        package var place: UInt32
    }

    /// Bits of a print: another entry of the key follows; the key has more entries than `longKey`.
    private static let continues: UInt32 = 1
    private static let isLong: UInt32 = 2
    private static let marks: UInt32 = 3
    private static let longKey = 256

    private let directory: UnsafeMutablePointer<UInt32>
    private let shift: UInt64
    private let prints: UnsafeMutablePointer<UInt32>
    let postings: UnsafeMutablePointer<Posting>
    /// Postings in all; keys are smaller numbers.
    package let count: Int
    let filter: HashFilter

    /// - Complexity: O(entries), parts in parallel.
    /// - Parameter entries: emptied.
    init(_ entries: PostingEntries, threads: Int) throws {
        count = entries.count
        var bits = PostingEntries.partBits
        while 1 << bits < count / 2 { bits += 1 }
        let shift = UInt64(64 - bits)
        self.shift = shift
        directory = .allocate(capacity: 1 << bits + 1)
        prints = .allocate(capacity: max(1, count))
        postings = .allocate(capacity: max(1, count))
        filter = HashFilter(count: count)
        let builder = Builder(table: self, bitsOfPart: bits - PostingEntries.partBits)
        try entries.consume(threads: threads) { part, first, entries in
            builder.fill(part: part, first: first, entries)
        }
        directory[1 << bits] = UInt32(count)
    }

    deinit {
        directory.deallocate()
        prints.deallocate()
        postings.deallocate()
    }

    /// The number of a hash; `nil` where no text has it.
    @inline(__always)
    package func number(of hash: UInt64) -> Int? {
        let part = Int(hash >> shift)
        let end = Int(directory[part + 1])
        var at = Int(directory[part])
        let print = UInt32(truncatingIfNeeded: hash) & ~Self.marks
        while at < end {
            if prints[at] & ~Self.marks == print { return at }
            at += 1
        }
        return nil
    }

    /// Asks for the directory's entry of a hash.
    @inline(__always)
    func prefetch(_ hash: UInt64) { ctext_prefetch(directory + Int(hash >> shift)) }

    /// The places of a key in `postings`; `nil` where they are more than `most`.
    ///
    /// - Precondition: `most` is at most 256.
    /// - Complexity: O(min(places, most)).
    @inline(__always)
    package func range(of number: Int, most: Int) -> Range<Int>? {
        if prints[number] & Self.isLong != 0 { return nil }
        var end = number
        while prints[end] & Self.continues != 0 { end += 1 }
        return end - number < most ? number..<end + 1 : nil
    }

    /// All places of a key in `postings`.
    ///
    /// - Complexity: O(places).
    package func range(of number: Int) -> Range<Int> {
        var end = number
        while prints[end] & Self.continues != 0 { end += 1 }
        return number..<end + 1
    }

    /// Whether a place of a key is as `isWanted` says.
    ///
    /// - Complexity: O(places up to the first such).
    func contains(_ number: Int, where isWanted: (Posting) -> Bool) -> Bool {
        var at = number
        while !isWanted(postings[at]) {
            if prints[at] & Self.continues == 0 { return false }
            at += 1
        }
        return true
    }

    /// Fills the parts of a table, several at a time: each has its own stretch of every array.
    private struct Builder {
        let table: PostingTable
        let bitsOfPart: Int

        func fill(part: Int, first: Int, _ entries: PostingEntries.Part) {
            let heads = table.directory + part << bitsOfPart
            let size = 1 << bitsOfPart
            heads.update(repeating: 0, count: size)
            let mask = UInt64(size - 1)
            let shift = table.shift
            entries.forEach { heads[Int($0.hash >> shift & mask)] += 1 }
            var sum = UInt32(first)
            for at in 0..<size {
                sum += heads[at]
                heads[at] = sum
            }
            // From behind, so that each head ends at its first entry and equal hashes keep their order.
            entries.forEachReversed { entry in
                let head = heads + Int(entry.hash >> shift & mask)
                head.pointee -= 1
                table.prints[Int(head.pointee)] = UInt32(truncatingIfNeeded: entry.hash) & ~PostingTable.marks
                table.postings[Int(head.pointee)] = entry.posting
                table.filter.add(entry.hash)
            }
            for at in 0..<size {
                let end = at + 1 < size ? Int(heads[at + 1]) : first + entries.count
                order(Int(heads[at])..<end)
            }
        }

        /// Brings the entries of equal prints together and marks them.
        private func order(_ range: Range<Int>) {
            let prints = table.prints
            let postings = table.postings
            if range.count > 24 {
                let sorted = range.map { (print: prints[$0], posting: postings[$0]) }.enumerated().sorted {
                    ($0.element.print, $0.offset) < ($1.element.print, $1.offset)
                }
                for (place, entry) in zip(range, sorted) {
                    prints[place] = entry.element.print
                    postings[place] = entry.element.posting
                }
            } else {
                for at in range.dropFirst() {
                    let (print, posting) = (prints[at], postings[at])
                    var place = at
                    while place > range.lowerBound, prints[place - 1] > print {
                        prints[place] = prints[place - 1]
                        postings[place] = postings[place - 1]
                        place -= 1
                    }
                    prints[place] = print
                    postings[place] = posting
                }
            }
            var start = range.lowerBound
            while start < range.upperBound {
                let print = prints[start]
                var end = start + 1
                while end < range.upperBound, prints[end] == print {
                    prints[end - 1] |= PostingTable.continues
                    end += 1
                }
                if end - start > PostingTable.longKey { prints[start] |= PostingTable.isLong }
                start = end
            }
        }
    }
}
