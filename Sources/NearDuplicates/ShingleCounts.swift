import Corpus
import TextForms

/// How many different shingles a row has.
struct ShingleCounts {
    var prompt: Int
    var all: Int

    var response: Int { all - prompt }

    /// Whether of each side enough shingles lie in another row: so many of the prompt's and so many of the response's.
    func areContained(prompt shared: Int, response sharedResponse: Int, millionths: Int) -> Bool {
        (prompt == 0 || Fraction(shared: shared, total: prompt).reaches(millionths: millionths))
            && (response == 0
                || Fraction(shared: sharedResponse, total: response).reaches(millionths: millionths))
    }
}
