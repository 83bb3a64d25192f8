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

extension InputOptions {
    /// The options of one of two sides: of the mapping options, `SIDE=FIELD` holds for that side alone and takes the place
    /// of fields without a side.
    ///
    /// - Throws: `UsageError` for a side that there is not.
    func ofSide(_ side: String, among sides: [String]) throws -> InputOptions {
        var own = self
        own.text = try Self.fields(text, "--text", of: side, among: sides)
        own.prompt = try Self.fields(prompt, "--prompt", of: side, among: sides)
        own.response = try Self.fields(response, "--response", of: side, among: sides)
        own.label = try Self.fields(label, "--label", of: side, among: sides)
        guard own.text.isEmpty || (own.prompt + own.response).isEmpty else {
            throw UsageError(
                "\(side): --text names plain text without sides; use it without --prompt and --response")
        }
        return own
    }

    private static func fields(
        _ values: [String], _ option: String, of side: String, among sides: [String]
    ) throws -> [String] {
        var common: [String] = []
        var own: [String] = []
        for value in values {
            guard let equals = value.firstIndex(of: "=") else {
                common.append(value)
                continue
            }
            let name = String(value[..<equals])
            guard sides.contains(name) else {
                throw UsageError(
                    "\(option) \(value): there is no side \(name); the sides are \(sides.joined(separator: " and "))"
                )
            }
            if name == side { own.append(String(value[value.index(after: equals)...])) }
        }
        return own.isEmpty ? common : own
    }
}
