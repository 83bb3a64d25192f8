import Corpus
import Foundation

/// A row as a test writes it: its turns, and other fields as JSON.
struct MadeRow: Sendable {
    struct MadeTurn: Sendable, Equatable {
        var role: Role
        var text: String
    }

    var turns: [MadeTurn]
    /// Names with values in JSON, behind the turns.
    var fields: [(name: String, json: String)] = []

    /// Plain text.
    init(_ text: String, fields: [(String, String)] = []) {
        self.init([(.text, text)], fields: fields)
    }

    init(_ turns: [(Role, String)], fields: [(String, String)] = []) {
        self.turns = turns.map { MadeTurn(role: $0.0, text: $0.1) }
        self.fields = fields.map { (name: $0.0, json: $0.1) }
    }

    /// A request and its reply.
    init(user: String, assistant: String, fields: [(String, String)] = []) {
        self.init([(.user, user), (.assistant, assistant)], fields: fields)
    }

    /// The row with one more field, a string.
    func with(_ name: String, _ value: String) -> MadeRow {
        var row = self
        row.fields.append((name, Self.quoted(value)))
        return row
    }

    /// A field's value, where it is a string without escapes.
    func value(_ name: String) -> String? {
        fields.first { $0.name == name }.map { $0.json.trimmingCharacters(in: ["\""]) }
    }

    /// One line of JSON: `text` where the only turn has no speaker, else `messages`.
    var json: String {
        var members: [String] = []
        if turns.count == 1, turns[0].role == .text {
            members.append("\"text\":\(Self.quoted(turns[0].text))")
        } else {
            let messages = turns.map {
                "{\"role\":\"\($0.role.name)\",\"content\":\(Self.quoted($0.text))}"
            }
            members.append("\"messages\":[\(messages.joined(separator: ","))]")
        }
        members += fields.map { "\(Self.quoted($0.name)):\($0.json)" }
        return "{\(members.joined(separator: ","))}"
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default:
                if scalar.value < 0x20 {
                    result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
