/// A named eval set; a control set holds items that cannot have leaked.
package struct EvalSet: Sendable {
    package var name: String
    package var items: [EvalItem]
    package var isControl: Bool

    package init(name: String, items: [EvalItem], isControl: Bool = false) {
        self.name = name
        self.items = items
        self.isControl = isControl
    }
}
