import ArgumentParser
import Findings
import LanguageProfile
import NearDuplicates
import Review
import Shards
import TextForms

/// The line that an error of ours is told in; `nil` for the parser's errors.
enum Failure {
    static func message(of error: any Error) -> String? {
        switch error {
        case let error as UsageError: error.description
        case let error as ShardError: error.description
        case let error as FindingsError: error.description
        case let error as ScratchError: error.description
        case let error as ProfileError: error.description
        case let error as TextFormsError: error.description
        case let error as ReviewError: error.description
        case is CancellationError: "cancelled"
        default: nil
        }
    }
}
