import Findings
import Glibc
import Reporting
import Review

/// The review on a terminal: the same keys and decisions as the page's.
final class TerminalReview {
    private enum Tab {
        case clusters, overlaps
    }

    private let session: ReviewSession
    private var place = 0
    private var from = 0
    private var selected = 0
    private var overlap = 0
    private var tab = Tab.clusters
    private var slice: String?
    private var message = ""
    /// Whether sides are shown whole.
    private var isWhole = false

    private static let keys = [
        "a accept the rest (an eval finding: leave it)   r restore the marked row, or take that back   R restore all   k keeper",
        "s skip   p back   n next open   j/i mark the next row, the one before   > < more rows, rows before",
        "u undo   m note   v whole text   d next slice in danger   b accept many by a filter   t duplicates or eval items",
        "x remove the row from training   e retire the eval item   c not contamination   S sign off   q end   ? keys",
    ]

    init(_ session: ReviewSession) {
        self.session = session
        if session.state.table.clusters.isEmpty { tab = .overlaps }
        place = session.nextOpen(after: -1) ?? 0
    }

    /// - Throws: `FindingsError` of reading rows or writing decisions.
    func run() throws {
        let keyboard = Keyboard()
        defer { keyboard.restore() }
        while true {
            try show()
            guard let key = keyboard.next() else { return }
            do {
                if try !press(key, keyboard) { return }
            } catch let error as ReviewError {
                message = error.description
            }
        }
    }

    // MARK: Keys

    /// - Returns: false at the end.
    private func press(_ key: Character, _ keyboard: Keyboard) throws -> Bool {
        message = ""
        switch key {
        case "q": return false
        case "?": message = Self.keys.joined(separator: "\n")
        case "t":
            tab = tab == .clusters && !session.state.table.overlaps.isEmpty ? .overlaps : .clusters
        case "u":
            message =
                try session.undo().map { "taken back: \($0.action.rawValue)" }
                ?? "nothing of yours to take back"
        case "S":
            try session.signOff(keyboard.line("statement: "))
            message = "signed off"
        case "b": try acceptMany(keyboard)
        default:
            switch tab {
            case .clusters: try pressOnCluster(key, keyboard)
            case .overlaps: try pressOnOverlap(key)
            }
        }
        return true
    }

    private func pressOnCluster(_ key: Character, _ keyboard: Keyboard) throws {
        guard session.order.indices.contains(place) else { return }
        let cluster = Int(session.order[place])
        let view = try session.clusterView(place: place, from: from)
        let member = view.members.indices.contains(selected) ? view.members[selected].member : nil
        switch key {
        case "a":
            try session.accept(cluster: cluster, note: nil)
            advance()
        case "r":
            guard let member else { return }
            if ["kept", "freed"].contains(view.members[selected].state) {
                try session.accept(cluster: cluster, members: [member], note: nil)
                message = "the row goes again, where it reaches the keeper"
            } else {
                try session.restore(cluster: cluster, members: [member], reason: nil, note: nil)
                message = "the row stays; r again takes that back"
            }
        case "R":
            try session.restore(cluster: cluster, members: [], reason: nil, note: nil)
            advance()
        case "k":
            guard let member else { return }
            message = try session.makeKeeperSaying(cluster: cluster, member: member, reason: nil, note: nil)
        case "m":
            try session.note(cluster: cluster, keyboard.line("note (empty: none): "))
            message = "noted"
        case "v": isWhole.toggle()
        case "s": go(to: place + 1)
        case "p": go(to: place - 1)
        case "n": advance()
        case "j": selected = min(selected + 1, max(0, view.members.count - 1))
        case "i": selected = max(0, selected - 1)
        case ">": if from + view.members.count < view.memberCount { page(from + view.members.count) }
        case "<": page(max(0, from - ReviewSession.membersShown))
        case "d":
            guard let found = session.nextInDanger(after: slice, from: place) else {
                message = "no slice has open removals"
                return
            }
            slice = found.slice
            go(to: found.place)
            message = "slice \(found.slice)"
        default: message = "no such key; ? lists them"
        }
    }

    private func page(_ start: Int) {
        from = start
        selected = 0
    }

    private func go(to next: Int) {
        place = min(max(0, next), max(0, session.order.count - 1))
        page(0)
    }

    private func advance() {
        if let next = session.nextOpen(after: place) {
            go(to: next)
        } else {
            message = "all clusters are decided"
        }
    }

    private func pressOnOverlap(_ key: Character) throws {
        let actions: [Character: Decision.Action] = ["x": .remove, "e": .retire, "c": .dismiss, "a": .accept]
        if let action = actions[key] {
            message = try session.decide(overlap: overlap, action, reason: nil, note: nil)
            overlap = min(overlap + 1, session.state.table.overlaps.count - 1)
        } else if key == "s" {
            overlap = min(overlap + 1, session.state.table.overlaps.count - 1)
        } else if key == "p" {
            overlap = max(0, overlap - 1)
        } else {
            message = "no such key here; ? lists them"
        }
    }

    private func acceptMany(_ keyboard: Keyboard) throws {
        var filter = ReviewFilter()
        func asked(_ prompt: String) -> String? {
            let text = keyboard.line(prompt)
            return text.isEmpty ? nil : text
        }
        func share(_ prompt: String) throws -> Double? {
            try asked(prompt).map { text in
                guard let number = Double(text) else {
                    throw ReviewError.wrongRequest("\(text) is no number; write it as 0.95")
                }
                return number
            }
        }
        filter.similarity = try share("similarity at least (empty: any): ")
        filter.textLost = try share("text lost at most (empty: any): ")
        filter.slice = asked("slice, as queue=refunds (empty: any): ")
        filter.kind = asked("kind: identical, exact, near, contained, prefix (empty: any): ")
        filter.difference = asked("difference class, as wording (empty: any): ")
        let count = try session.clusters(takenBy: filter).count
        guard keyboard.line("accept \(count) open clusters with \(filter.description)? y/n: ") == "y" else {
            message = "nothing was accepted"
            return
        }
        message = "\(try session.acceptAll(filter, reason: nil)) clusters accepted"
    }

    // MARK: Screen

    private func show() throws {
        let state = try session.stateView()
        var lines = [
            "",
            "\(session.progress.description); "
                + "\(Format.number(state.rowsIn)) rows in = \(Format.number(state.kept)) kept + "
                + "\(Format.number(state.removed)) removed + \(Format.number(state.quarantined)) quarantined",
        ]
        if let audit = state.audit { lines.append(audit) }
        for slice in state.slices.prefix(5) {
            lines.append(
                "  \(slice.name): \(Format.number(slice.before)) -> \(Format.number(slice.after)), "
                    + "\(Format.number(slice.open)) open")
        }
        for gate in state.gates where !gate.passed { lines.append("  gate failed: \(gate.name)") }
        switch tab {
        case .clusters: lines += try clusterLines()
        case .overlaps: lines += try overlapLines()
        }
        if !message.isEmpty { lines += message.split(separator: "\n").map(String.init) }
        if isatty(1) == 1 { Output.print("\u{1B}[H\u{1B}[2J") }
        for line in lines { Output.print(TerminalText.sanitized(line)) }
    }

    private func clusterLines() throws -> [String] {
        guard session.order.indices.contains(place) else { return ["no clusters"] }
        let view = try session.clusterView(place: place, from: from)
        var lines = [
            "",
            "cluster \(Format.number(view.place + 1)) of \(Format.number(view.count)): \(Format.count(view.memberCount, "row")) for "
                + "keeper \(view.keeper.shard):\(view.keeper.ordinal) (\(view.keeperState)), \(view.status)",
        ]
        for (number, member) in view.members.enumerated() {
            lines.append(
                "\(number == selected ? ">" : " ") \(member.row.shard):\(member.row.ordinal) \(member.state), "
                    + "\(member.kind) \(Format.plain(member.similarity)), \(member.difference), "
                    + member.row.slices.joined(separator: " "))
            guard number == selected else { continue }
            lines.append(
                "    text lost \(Format.percent(member.textLost)), risk of the cluster \(Format.plain(view.risk))"
            )
            guard let sides = member.sides else {
                lines.append("    no text: the run holds none, and its input has changed or moved")
                continue
            }
            for side in sides {
                let differs = side.pieces.contains { $0.kind != .same }
                if !differs, !isWhole {
                    lines.append("    \(side.side): the same in both (v shows it)")
                    continue
                }
                lines.append("    \(side.side):")
                lines +=
                    isWhole
                    ? Self.whole(side) : DiffSample(pieces: side.pieces.map(Self.piece)).lines(indent: 6)
            }
        }
        return lines
    }

    /// All of a side, with what only one row has marked.
    private static func whole(_ side: SideDiff) -> [String] {
        let text = side.pieces.map { piece in
            switch piece.kind {
            case .same: piece.text
            case .lost: "[-\(piece.text)-]"
            case .kept: "{+\(piece.text)+}"
            }
        }.joined()
        return text.split(separator: "\n").map { "      \($0)" }
    }

    private static func piece(_ piece: SideDiff.Piece) -> DiffSample.Piece {
        switch piece.kind {
        case .same: .same(piece.text)
        case .lost: .lost(piece.text)
        case .kept: .kept(piece.text)
        }
    }

    private func overlapLines() throws -> [String] {
        guard !session.state.table.overlaps.isEmpty else { return ["no eval findings"] }
        let view = try session.overlapView(place: overlap)
        return [
            "",
            "finding \(Format.number(view.place + 1)) of \(Format.number(view.count)): \(view.set) \(view.item) in "
                + "\(view.row.shard):\(view.row.ordinal), \(view.verdict), \(view.state)",
            "  row:  \(view.rowText ?? "no text (--no-raw)")",
            "  item: \(view.itemText ?? "no text (--no-raw)")",
        ]
    }
}
