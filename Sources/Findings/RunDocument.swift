import Foundation

/// Reads and writes the small JSON files of a run.
enum RunDocument {
    /// - Throws: `damaged` where the text is not what the type asks for, or `fileSystem`.
    static func read<Value: Decodable>(_ type: Value.Type, path: String) throws -> Value {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw FindingsError(.fileSystem, "cannot be read; is this a run's folder?", place: path)
        }
        return try decode(type, from: content, place: path, advice: "scan the corpus again")
    }

    /// - Parameter advice: what to do where the text is not what the type asks for.
    /// - Throws: `damaged`.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from content: Data, place: String, advice: String
    ) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: content)
        } catch let error as DecodingError {
            throw FindingsError(
                .damaged, "is not what this version of assay writes; \(advice)", place: place,
                cause: reason(error))
        }
    }

    /// What is wrong, by the path of keys and never with a value.
    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "no key \(name(context.codingPath + [key]))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "wrong type at \(name(context.codingPath))"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "not JSON" : "wrong value at \(name(context.codingPath))"
        @unknown default: "not readable"
        }
    }

    private static func name(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
