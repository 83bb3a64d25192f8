import Foundation

/// `decisions.jsonl` of a run: append-only lines, each of which holds the SHA-256 of the line before it.
///
/// The chain shows lines that were changed, left out or put in between; it cannot show that the last ones were cut
/// off, but a sign-off that was among them is gone too.
package struct DecisionTrail: Sendable {
    /// The decisions in their order.
    package private(set) var decisions: [Decision] = []
    /// SHA-256 of the last line; of an empty trail the plan digest.
    package private(set) var head: String
    /// Bytes of the whole lines.
    package private(set) var byteCount = 0
    /// Whether a line without its end follows: a write that was interrupted, and that nobody was told of.
    package private(set) var hasTornLine = false
    private var known: Set<String> = []

    /// A trail without decisions.
    package init(plan: String) { head = plan }

    /// Reads a run's trail; an empty one where there is no file.
    ///
    /// - Parameter plan: the run's plan digest.
    /// - Throws: `damaged` for a trail that was edited or is of another plan, `fileSystem`.
    package init(run folder: String, plan: String) throws {
        let path = "\(folder)/\(RunFile.decisions.name)"
        guard FileManager.default.fileExists(atPath: path) else {
            self.init(plan: plan)
            return
        }
        try self.init(path: path)
        if decisions.isEmpty { head = plan }
        if let other = decisions.first(where: { $0.plan != plan }) {
            throw FindingsError(
                .damaged, "decision \(other.decision) is of another plan; carry it over by --decisions",
                place: path)
        }
    }

    /// Reads a trail of any plan.
    ///
    /// - Throws: `damaged` for a trail that was edited, `fileSystem`.
    package init(path: String) throws {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw FindingsError(.fileSystem, "cannot be read", place: path)
        }
        head = ""
        var rest = content[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            try append(line: Data(rest[..<end]), number: decisions.count + 1, path: path)
            rest = rest[(end + 1)...]
        }
        hasTornLine = !rest.isEmpty
        byteCount = content.count - rest.count
    }

    private mutating func append(line: Data, number: Int, path: String) throws {
        let place = "\(path):\(number)"
        let decision = try RunDocument.decode(
            Decision.self, from: line, place: place, advice: "the trail was edited")
        guard decision.schemaVersion == Decision.currentSchemaVersion else {
            throw FindingsError(
                .damaged,
                "has schema version \(decision.schemaVersion), not \(Decision.currentSchemaVersion)",
                place: place)
        }
        guard decision.previous == (decisions.isEmpty ? decision.plan : head) else {
            throw FindingsError(
                .damaged, "does not follow the line before it: the trail was edited", place: place)
        }
        guard known.insert(decision.decision).inserted else {
            throw FindingsError(.damaged, "a decision stands twice: the trail was edited", place: place)
        }
        decisions.append(decision)
        head = Self.digest(Array(line))
    }

    /// Adds a decision.
    ///
    /// - Returns: its line, with its end.
    /// - Throws: nothing that a decision can cause.
    package mutating func append(_ decision: Decision) throws -> [UInt8] {
        var decision = decision
        decision.previous = head
        let line = try JSONBytesEncoder.encode(decision, indented: false)
        decisions.append(decision)
        head = Self.digest(line)
        byteCount += line.count + 1
        return line + [UInt8(ascii: "\n")]
    }

    private static func digest(_ line: [UInt8]) -> String {
        line.withUnsafeBytes { FileDigest(of: $0).sha256 }
    }

    /// The decisions that no later one takes back, without undos.
    package var standing: [Decision] {
        let undone = Set(decisions.compactMap(\.undoes))
        return decisions.filter { $0.action != .undo && !undone.contains($0.decision) }
    }

    /// The sign-off that stands for all decisions: after it there are but notes, and decisions that were taken back.
    package var signOff: Decision? {
        let undone = Set(decisions.compactMap(\.undoes))
        guard
            let place = decisions.lastIndex(where: {
                $0.action == .signOff && !undone.contains($0.decision)
            })
        else { return nil }
        let later = decisions[(place + 1)...]
        let ids = Set(later.map(\.decision))
        let holds = later.allSatisfy { decision in
            switch decision.action {
            case .note: true
            case .undo: decision.undoes.map { ids.contains($0) } ?? true
            default: undone.contains(decision.decision)
            }
        }
        return holds ? decisions[place] : nil
    }
}
