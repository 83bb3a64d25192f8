/// The figures of a comparison, as they stand in `summary.json` under `comparison`.
package struct ComparisonFigures: Sendable, Equatable, Codable {
    /// One of the two sides.
    package struct Side: Sendable, Equatable, Codable {
        package var name = ""
        /// Readable rows.
        package var rows = 0
        package var quarantined = 0
        /// Rows without a turn of the compared roles; never sampled.
        package var withoutText = 0
        package var sampled = 0
        /// What the sampled rows are worth by their weights; `nil` where all were drawn alike.
        package var effectiveRows: Double?
        /// Components of duplicate pairs that the sampled rows lie in: what they are worth as draws.
        package var components = 0
        /// Sampled rows that have the slice field; `nil` where none is compared by.
        package var withSlice: Int?
        /// Share of the drawn rows that are the side's most frequent text, word for word, and of the other side's; `nil`
        /// where no text is frequent.
        package var repeated: Repeated?
        /// Sampled rows of which the beginning alone is compared.
        package var cut = 0
        /// Turns of a sampled row, on average.
        package var turns = 0.0
        /// Shards that were not read to their end, with what is wrong.
        package var incompleteShards: [String] = []

        package init() {}
    }

    /// A text that many rows of a side are.
    package struct Repeated: Sendable, Equatable, Codable {
        package var share = 0.0
        package var otherShare = 0.0
        package var place = Place(shard: "", ordinal: 0)

        package init() {}
    }

    /// How well one kind of features tells the sides apart: the share of pairs of a left and a right row that an unseen
    /// classifier orders rightly.
    package struct Area: Sendable, Equatable, Codable {
        package var auc = 0.5
        /// The interval of 95 %.
        package var low = 0.0
        package var high = 1.0
        /// The range of areas when labels mean nothing.
        package var nullLow: Double?
        package var nullHigh: Double?
        /// The same on as many rows of each value of the common slice field; `nil` without one.
        package var matchedAuc: Double?
        package var matchedLow: Double?
        package var matchedHigh: Double?

        package init() {}
    }

    /// A feature on one side.
    package struct Spread: Sendable, Equatable, Codable {
        /// Share of the rows that have it; of a number, the mean.
        package var mean = 0.0
        /// Quantiles .1, .5, .9 of a number.
        package var low: Double?
        package var median: Double?
        package var high: Double?

        package init() {}
    }

    package struct Place: Sendable, Equatable, Codable {
        package var shard = ""
        package var ordinal = 0

        package init(shard: String, ordinal: Int) {
            self.shard = shard
            self.ordinal = ordinal
        }
    }

    /// A feature that was compared.
    package struct Feature: Sendable, Equatable, Codable {
        package var id = ""
        /// `rate` or `number`.
        package var kind = ""
        package var left = Spread()
        package var right = Spread()
        /// Cliff's delta, -1 to 1: positive where the left side has more of it.
        package var delta = 0.0
        /// Kolmogorov-Smirnov distance.
        package var ks = 0.0
        /// Cohen's h of two rates; `nil` for a number.
        package var h: Double?
        /// Benjamini-Hochberg, over all features.
        package var q = 1.0
        /// Whether effect and q reach their limits.
        package var stands = false
        package var leftPlaces: [Place] = []
        package var rightPlaces: [Place] = []

        package init() {}
    }

    /// A word or phrase that one side has far more often.
    package struct Term: Sendable, Equatable, Codable {
        package var term = ""
        package var leftRows = 0
        package var rightRows = 0
        /// Of the log-odds with an informative prior; positive where the left side has more of it.
        package var z = 0.0

        package init() {}
    }

    /// Rows of one side that belong together, and how near the other side comes to them.
    package struct Group: Sendable, Equatable, Codable {
        /// The slice field; `terms` where words that the other side hardly has make the group.
        package var field = ""
        /// The slice's value, or the key terms.
        package var value = ""
        /// Sampled rows of the group.
        package var rows = 0
        /// Their share of the sample.
        package var share = 0.0
        /// Mean similarity of the nearest row of the other side.
        package var nearest = 0.0
        /// The same of as many rows of the other side as were looked at of their own, copies (from .9 on) left out.
        package var matchedNearest = 0.0
        /// The same of the nearest other row of their own side, copies left out.
        package var ownNearest = 0.0
        /// Of the difference of both, components as draws.
        package var z = 0.0
        /// What groups that both sides have fall short by in the middle.
        package var usualGap: Double?
        /// Rows of the group on the other side; `nil` where none of them has the slice field.
        package var otherRows: Int?
        /// Their share of the other side.
        package var otherShare: Double?
        /// Whether the other side has the slice, but far less of it; such a slice is covered.
        package var isRare: Bool?
        /// Whether another script or language makes the group, in place of words.
        package var isLanguage: Bool?
        package var stands = false
        package var places: [Place] = []

        package init() {}

        /// How much nearer their own side is, of as many rows.
        package var gap: Double { ownNearest - matchedNearest }
    }

    /// A kind of input by its form.
    package struct Shape: Sendable, Equatable, Codable {
        package var id = ""
        package var leftShare = 0.0
        package var rightShare = 0.0
        package var leftRows = 0
        package var rightRows = 0
        /// Whether the left side lacks it.
        package var isMissing = false
        package var places: [Place] = []

        package init() {}

        private static let missingPart = 0.1

        /// `MISSING` where the left side has hardly a row of a missing kind, `rarer` where it has some.
        package var mark: String {
            isMissing ? (leftShare <= Self.missingPart * rightShare ? "MISSING" : "rarer") : ""
        }
    }

    package struct Coverage: Sendable, Equatable, Codable {
        /// What rows are grouped by: a slice field, or `terms`.
        package var groupedBy = ""
        /// Sampled rows of the right side that were looked for.
        package var rows = 0
        /// Mean similarity of the nearest left row, the same measured as `ownNearest` is, and of the nearest other right row.
        package var nearest = 0.0
        package var matchedNearest = 0.0
        package var ownNearest = 0.0
        /// Share of the sampled right rows that lie in groups that the left side does not cover; a lower bound where
        /// rows are grouped by `terms`.
        package var uncoveredShare = 0.0
        /// Share of the sampled right rows of five words or more all of whose words and pairs a left row has, and no others.
        package var copiedShare: Double?
        /// What rows with words of both sides fall short by in the middle; `nil` where a field groups the rows.
        package var usualGap: Double?
        /// Part of the right side's topic words that left rows have too; `nil` where a field groups the rows, or where
        /// too few words are common enough to tell.
        package var sharedWords: Double?

        package init() {}

        /// How alike rows of one side must be, on average, for groups of their words to tell anything: rows of languages
        /// without spaces, or of many kinds, lie far from each other whatever the other side holds.
        static let leastOwnNearest = 0.1

        /// Words of the right side that the left one hardly has, beside those of `uncovered`; `nil` where a field groups
        /// the rows.
        package var uncountedWords: [Word]?

        package struct Word: Sendable, Equatable, Codable {
            package var word: String
            /// Of the right side's rows.
            package var share: Double

            package init(word: String, share: Double) {
                self.word = word
                self.share = share
            }
        }

        /// Sampled right rows without the slice field; `nil` where words group the rows.
        package var withoutField: Int?
        /// Why nothing can be told; `nil` where something can.
        package var doubt: Doubt?
        /// Whether the right side alone has the slice field.
        package var isOneSided: Bool?
        /// Why the slice field that was asked for groups nothing.
        package var sliceDoubt: SliceDoubt?

        /// Why a slice field cannot tell what is covered.
        package enum SliceDoubt: String, Sendable, Codable { case smallValues, noSharedValue }

        /// Whether more may be uncovered than was found.
        package var isLowerBound: Bool {
            groupedBy == "terms" || isOneSided == true
                || Double(withoutField ?? 0) > Self.mostWithoutField * Double(rows)
        }

        private static let mostWithoutField = 0.01

        /// Part of the topic words that both sides must have: else the sides have little in common to judge the rest by.
        static let leastSharedWords = 0.5

        /// Finds what groups by words cannot tell.
        ///
        /// - Parameter hasOtherTurns: of the comparison.
        package mutating func findDoubt(hasOtherTurns: Bool) {
            guard groupedBy == "terms" else { return }
            if ownNearest < Self.leastOwnNearest {
                doubt = .unlikeRows
            } else if hasOtherTurns {
                doubt = .otherTurns
            } else if (sharedWords ?? 1) < Self.leastSharedWords {
                doubt = .otherWords
            }
        }

        /// Why coverage cannot be judged by words.
        package enum Doubt: String, Sendable, Codable { case unlikeRows, otherTurns, otherWords }
    }

    /// The weights file.
    package struct Weights: Sendable, Equatable, Codable {
        package var rows = 0
        /// Weights lie between 1 / clip and clip before they are brought to a mean of 1.
        package var clip = 0.0
        package var clipped = 0
        /// What the weighted rows are worth: the square of the sum over the sum of squares.
        package var effectiveRows = 0.0

        package init() {}
    }

    package var left = Side()
    package var right = Side()
    package var seed = 0
    /// Rows drawn from each side at most.
    package var sample = 0
    /// Rows drawn of each value of the slice field at least, which are weighted; `nil` where all were drawn alike.
    package var perValue: Int?
    package var roles: [String] = []
    package var firstTurnOnly = false
    /// One sentence.
    package var verdict = ""
    /// Whether the sides are told apart; `nil` where there were too few rows to tell.
    package var apart: Bool?
    /// The area that a difference must have to be found in four samples of five of this size.
    package var detectable = 1.0
    package var all = Area()
    package var content = Area()
    package var register = Area()
    /// Rows that the ranges by chance are trained on.
    package var nullRows: Int?
    /// Whether shards of the two sides have one name.
    package var sharesShardNames: Bool?
    /// The slice field that was asked for.
    package var slice: String?
    /// The common slice field that areas are matched by.
    package var matchedBy: String?
    /// Rows of the largest component of duplicate pairs.
    package var largestComponent = 0
    /// Rows left out of it as copies of one text.
    package var copiesLeftOut = 0
    /// Pairs that were not looked at, since too many rows share a bucket.
    package var pairsLeftOut = 0
    package var features: [Feature] = []
    package var featuresTested = 0
    /// Features that are the same in every row, or that are left out of `features` as the most alike.
    package var alikeFeatures: [String] = []
    package var terms: [Term] = []
    package var termsTested = 0
    /// Whether the sample has more different terms than are counted; those of its last rows are left out then.
    package var areTermsCapped: Bool?
    package var coverage: Coverage?
    /// Groups of right rows that the left side does not cover, and then those nearest to it.
    package var uncovered: [Group] = []
    /// Groups of left rows that nobody types.
    package var unseen: [Group] = []
    package var shapes: [Shape] = []
    package var weights: Weights?

    package init() {}

    /// Whether rows of one side have over twice the turns of the other's, as chats beside single messages.
    package var hasOtherTurns: Bool {
        let (few, many) = (min(left.turns, right.turns), max(left.turns, right.turns))
        return !firstTurnOnly && few > 0 && many > 2 * few
    }

    /// A row as `explain` takes it.
    package func name(of place: Place, side: String) -> String {
        "\(sharesShardNames == true ? "\(side)=" : "")\(place.shard):\(place.ordinal)"
    }

    /// Rows that either side must have for a verdict.
    package static let leastRows = 200
    /// The same with duplicates counted once; chosen: of fewer, a classifier learns texts and not what they share.
    package static let leastDistinctRows = 50
    /// Entries of each list in the summary.
    package static let listed = 40
}
