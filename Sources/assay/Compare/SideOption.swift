import ArgumentParser

/// The files of one side with its name, as `--left june=data/june more/june`.
struct SideOption: Equatable {
    var name: String
    var inputs: [String]

    /// - Parameter values: the first begins with `NAME=`; others may repeat it.
    /// - Throws: `ValidationError`.
    init(_ values: [String], option: String) throws {
        guard let first = values.first, let equals = first.firstIndex(of: "="), equals > first.startIndex
        else {
            throw ValidationError("\(option) takes NAME=PATH…, as june=data/june.")
        }
        name = String(first[..<equals])
        let prefix = name + "="
        inputs = values.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        guard !inputs.contains("") else {
            throw ValidationError("\(option) \(name)=: a path is missing.")
        }
    }

    init(name: String, inputs: [String]) {
        self.name = name
        self.inputs = inputs
    }
}
