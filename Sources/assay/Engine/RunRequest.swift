/// What every run that only reports is told.
struct RunRequest {
    var arguments: [String]
    var input: InputOptions
    /// Fields by whose values figures are reported.
    var slices: [String]
    var run: RunOptions
}
