/// An eval item by the numbers of its texts; -1 for a component that it has not.
package struct IndexedItem: Sendable {
    package var set: Int32
    package var ordinal: Int32
    package var texts: [Int32] = [-1, -1, -1, -1]

    package subscript(component: EvalComponent) -> Int? {
        let text = texts[Int(component.rawValue)]
        return text < 0 ? nil : Int(text)
    }
}
