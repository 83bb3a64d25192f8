/// A column of a type that no row can be written with.
struct ArrowTypeError: Error, CustomStringConvertible {
    let column: String
    /// The type as the Arrow C data interface spells it.
    let format: String

    var description: String { "column \(column) has the type \(format)" }
}
