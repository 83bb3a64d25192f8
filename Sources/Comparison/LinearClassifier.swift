import CLinear

/// Logistic regression with an L2 penalty, by liblinear's trust-region Newton method (Lin, Weng and Keerthi 2008).
///
/// The primal solver draws no random numbers, so that threads may train beside each other and come to the same
/// weights; the dual ones use the process-wide `rand()`.
enum LinearClassifier {
    /// liblinear's C for rows of unit length; chosen: 0.3 costs .014 of an area of .97, and neither finds anything between
    /// two halves of one corpus.
    static let cost = 1.0
    /// liblinear's stopping tolerance, ten times its own; 0.3 costs .018 of an area of .93.
    static let tolerance = 0.1

    private static let isQuiet: Bool = {
        clinear_be_quiet()
        return true
    }()

    /// Weights by column (`SparseRows.columnCount` of them): a positive sum speaks for the right side.
    ///
    /// - Parameters:
    ///   - members: the rows to train on.
    ///   - isRight: a flag for each of these.
    /// - Complexity: O(features of the rows), times some dozens.
    static func train(_ rows: SparseRows, members: [Int], isRight: [Bool]) -> [Double] {
        precondition(isQuiet)
        guard isRight.contains(true), isRight.contains(false) else {
            return Array(repeating: 0, count: rows.columnCount)
        }
        var labels = isRight.map { $0 ? 1.0 : -1.0 }
        var pointers: [UnsafeMutablePointer<feature_node>?] = members.map { rows.pointer(to: $0) }
        var parameters = parameter()
        parameters.solver_type = Int32(L2R_LR)
        parameters.eps = tolerance
        parameters.C = cost
        parameters.p = 0.1
        return labels.withUnsafeMutableBufferPointer { labels in
            pointers.withUnsafeMutableBufferPointer { pointers in
                var task = problem()
                task.l = Int32(members.count)
                task.n = Int32(rows.columnCount)
                task.y = labels.baseAddress
                task.x = pointers.baseAddress
                task.bias = 1
                // The names of the C functions are short: these are liblinear's.
                var model = CLinear.train(&task, &parameters)
                defer { free_and_destroy_model(&model) }
                guard let found = model?.pointee, let weights = found.w, let label = found.label else {
                    return Array(repeating: 0, count: rows.columnCount)
                }
                // Weights speak for the label that came first.
                let sign = label[0] > 0 ? 1.0 : -1.0
                return (0..<rows.columnCount).map { weights[$0] * sign }
            }
        }
    }
}
