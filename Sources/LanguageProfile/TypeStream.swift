import TextForms

/// All types of a corpus with exact counts, whichever threads and runs hold them.
///
/// Without spilled runs it is one table in memory; with them, runs and tables are merged anew for each reading, and
/// memory holds one buffer a run.
package final class TypeStream {
    private let table: TypeTable
    private let runs: [TypeRuns]

    /// - Throws: `ProfileError`.
    package init(_ surveyors: [SpellingSurveyor]) throws {
        if surveyors.allSatisfy({ $0.runs.isEmpty }) {
            table = surveyors.first?.table ?? TypeTable()
            runs = []
            for surveyor in surveyors.dropFirst() {
                table.merge(surveyor.table)
                surveyor.table.removeAll()
            }
        } else {
            for surveyor in surveyors { try surveyor.runs.spill(surveyor.table) }
            table = TypeTable()
            runs = surveyors.map(\.runs)
        }
    }

    package var spilledBytes: Int { runs.reduce(0) { $0 + $1.spilledBytes } }

    /// Calls `body` with each type once, in the order of hashes.
    ///
    /// - Throws: `ProfileError` where scratch cannot be read.
    /// - Complexity: O(types), times the logarithm of the runs.
    func forEach(_ body: (UnsafeRawBufferPointer, TypeTable.Counts) -> Void) throws {
        if runs.isEmpty {
            for number in TypeRuns.order(table) { body(table.key(number), table.counts(number)) }
            return
        }
        var readers = try runs.flatMap { try $0.readers() }.filter { !$0.isAtEnd }
        while let least = readers.min(by: { Self.precedes($0, $1) }) {
            let key = least.key
            let hash = least.hash
            var sum = least.counts
            least.advance()
            for other in readers
            where other !== least && !other.isAtEnd && other.hash == hash && other.key == key {
                sum.add(other.counts)
                other.advance()
            }
            if readers.contains(where: \.hasFailed) {
                throw ProfileError(
                    .scratch, "scratch cannot be read back; choose another folder with --scratch")
            }
            readers.removeAll(where: \.isAtEnd)
            key.withUnsafeBytes { body($0, sum) }
        }
    }

    private static func precedes(_ first: RunReader, _ second: RunReader) -> Bool {
        first.hash != second.hash
            ? first.hash < second.hash : first.key.lexicographicallyPrecedes(second.key)
    }
}
