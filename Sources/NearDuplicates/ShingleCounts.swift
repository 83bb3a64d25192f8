import Corpus
import TextForms

/// How many different shingles a row has.
struct ShingleCounts {
    var prompt: Int
    var all: Int

    var response: Int { all - prompt }
}
