import TextForms

/// The columns of a block, in order; wider ones first, so that all are aligned.
enum SurveyColumn: Int, CaseIterable {
    case textHash, identityHash, promptHash, responseHash, outsideHash, length, sliceSet, recordOffset, flags

    /// Bytes a row.
    var width: Int {
        switch self {
        case .textHash: 16
        case .identityHash, .promptHash, .responseHash: 8
        case .outsideHash, .length, .sliceSet, .recordOffset: 4
        case .flags: 1
        }
    }

    static let totalWidth = allCases.reduce(0) { $0 + $1.width }

    /// Where the column begins in a block of `rows` rows.
    func offset(rows: Int) -> Int {
        Self.allCases.prefix(rawValue).reduce(0) { $0 + $1.width } * rows
    }
}
