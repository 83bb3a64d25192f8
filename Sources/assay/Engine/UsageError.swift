/// Wrong use: exit status 2, with what to do about it.
struct UsageError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
