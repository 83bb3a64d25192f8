import Foundation
import Yams

/// A YAML file of options, read as if they stood on the command line: a key is an option's name without `--`,
/// `input` the inputs. What the command line sets is not taken from the file.
enum ConfigFile {
    /// The arguments with those of the file that `-c` names.
    ///
    /// - Throws: `UsageError` where the file cannot be read or is no mapping of options.
    static func expanded(_ arguments: [String]) throws -> [String] {
        guard let path = path(in: arguments), let verb = arguments.first else { return arguments }
        let settings = try read(path)
        let given = Set(arguments.filter { $0.hasPrefix("--") }.map { String($0.split(separator: "=")[0]) })
        let hasInput = arguments.count > 1 && !arguments[1].hasPrefix("-")
        var inputs: [String] = []
        var options: [String] = []
        for (key, value) in settings.sorted(by: { $0.key < $1.key }) {
            if key == "input" {
                if !hasInput { inputs = try values(value, key: key, path: path) }
                continue
            }
            let option = "--\(key)"
            if given.contains(option) { continue }
            if let flag = value as? Bool {
                if flag { options.append(option) }
                continue
            }
            let texts = try values(value, key: key, path: path)
            if joined.contains(key) {
                options += [option, texts.joined(separator: ",")]
            } else {
                options += singleValued.contains(key) ? texts.flatMap { [option, $0] } : [option] + texts
            }
        }
        return [verb] + inputs + Array(arguments.dropFirst()) + options
    }

    /// Options that take one value each time they are given.
    private static let singleValued: Set<String> = ["contained", "remove-differing", "ignore-fields"]

    /// Options that take one value, a list with commas.
    private static let joined: Set<String> = ["language"]

    private static func path(in arguments: [String]) -> String? {
        for (place, argument) in arguments.enumerated() {
            if argument == "-c" || argument == "--config" {
                return arguments.indices.contains(place + 1) ? arguments[place + 1] : nil
            }
            if argument.hasPrefix("--config=") { return String(argument.dropFirst(9)) }
        }
        return nil
    }

    static func read(_ path: String) throws -> [String: Any] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError("\(path): cannot be read; name a YAML file")
        }
        let loaded: Any?
        do { loaded = try Yams.load(yaml: String(decoding: data, as: UTF8.self)) } catch {
            throw UsageError("\(path): is no YAML: \(error)")
        }
        guard let loaded else { return [:] }
        guard let settings = loaded as? [String: Any] else {
            throw UsageError("\(path): must be a mapping of names to values, as in 'threshold: 0.9'")
        }
        return settings
    }

    private static func values(_ value: Any, key: String, path: String) throws -> [String] {
        switch value {
        case let list as [Any]: return try list.flatMap { try values($0, key: key, path: path) }
        case let text as String: return [text]
        case let number as Int: return [String(number)]
        case let number as Double: return [String(number)]
        case let flag as Bool: return [String(flag)]
        default: throw UsageError("\(path): \(key) takes a value or a list of values")
        }
    }
}
