import Corpus
import Findings
import Foundation
import Reporting

/// What a comparison knows of one row.
extension Explainer {
    private struct NearestLine: Decodable {
        struct Place: Decodable {
            var shard: String
            var ordinal: Int
        }

        var similarity: Double
        var nearest: Place?
        var ownSimilarity: Double
        var ownNearest: Place?
    }

    private struct WeightLine: Decodable { var weight: Double }

    /// Adds the nearest rows of a sampled row of the right side, or the weight of a left one.
    ///
    /// - Throws: `FindingsError`.
    /// - Complexity: O(bytes of the run's file).
    func addComparison(to explanation: inout RowExplanation) throws {
        guard let figures = run.summary.comparison else { return }
        let row = explanation.row
        guard row.corpus == figures.right.name else {
            explanation.weight = try line(WeightLine.self, of: .weights, row)?.weight
            return
        }
        guard let line = try line(NearestLine.self, of: .nearest, row) else { return }
        explanation.nearest = [
            (line.similarity, line.nearest, figures.left.name),
            (line.ownSimilarity, line.ownNearest, figures.right.name),
        ].compactMap { similarity, place, side in
            place.map {
                RowExplanation.Nearest(
                    row: RowExplanation.Place(corpus: side, shard: $0.shard, ordinal: $0.ordinal),
                    similarity: similarity)
            }
        }
    }

    /// A row's line in a file that has one a row; `nil` where it has none.
    private func line<Line: Decodable>(
        _ type: Line.Type, of file: RunFile, _ row: RowExplanation.Place
    ) throws -> Line? {
        var json = JSONBytes()
        json.beginObject()
        json.field("shard", row.shard)
        json.field("ordinal", row.ordinal)
        let start = json.bytes + [UInt8(ascii: ",")]
        let path = "\(run.path)/\(file.name)"
        let reader = try FrameReader(path: path)
        while let found = try reader.nextLine({ $0.starts(with: start) ? Data($0) : nil }) {
            guard let bytes = found else { continue }
            guard let line = try? JSONDecoder().decode(type, from: bytes) else {
                throw FindingsError(
                    .damaged, "holds a line that is none of a comparison; compare again", place: path)
            }
            return line
        }
        return nil
    }
}
