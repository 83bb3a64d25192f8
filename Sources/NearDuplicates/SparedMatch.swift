import Corpus
import Findings
import Synchronization

/// A row that matched and stays.
package struct SparedMatch: Sendable {
    package var match: Match
    package var rule: SparingRule
}
