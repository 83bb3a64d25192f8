import Corpus
import Findings
import TextForms

/// Counts words by white space, which is enough for a lower bound on length.
enum WordCount {
    static func reaches(_ minimum: Int, in text: RowText, on: ComparedSides) -> Bool {
        var words = 0
        for turn in text.turns where on.side(of: turn.role) != nil {
            var inWord = false
            for byte in text.bytes(of: turn) {
                let isSpace = byte <= 0x20
                if inWord, isSpace {
                    inWord = false
                } else if !inWord, !isSpace {
                    inWord = true
                    words += 1
                    if words >= minimum { return true }
                }
            }
        }
        return false
    }
}
