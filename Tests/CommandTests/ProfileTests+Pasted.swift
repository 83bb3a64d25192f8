import Findings
import Foundation
import TestSupport
import Testing

/// Text that was pasted into many rows, and what one row has.
extension ProfileTests {
    /// Thirty requests that nobody wrote twice, each with one reply.
    private static func pasted(_ reply: String, _ count: Int, _ request: (Int) -> String) -> [String] {
        (0..<count).map { row in
            #"{"messages":[{"role":"user","content":"\#(request(row))"},{"role":"assistant","content":"\#(reply)"}]}"#
        }
    }

    @Test func `a reply pasted under other requests is one draw, of its role alone`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let shard = folder.appendingPathComponent("rows.jsonl")
        var maker = SplitMix(seed: 41)
        func request(_ row: Int) -> String {
            let words = [
                "kettle", "garden", "window", "parcel", "ferry", "ticket", "lamp", "river", "bridge", "stone",
            ]
            let chosen = (0..<14).map { _ in words[Int(maker.next() % 10)] }.joined(separator: " ")
            // Users misspell it too, each in words of their own.
            return
                "\(chosen) \(row) \(row < 30 ? "recieve" : "receive") \(String(chosen.reversed().prefix(9)))"
        }
        let wrong =
            "I am sorry that you could not recieve the box, we will look at it and write to you again."
        let rows =
            Self.pasted(wrong, 30, request)
            + Self.pasted("You will receive the box by the end of the week, and it is on us.", 30) {
                request($0 + 30)
            }
        try Data(rows.map { $0 + "\n" }.joined().utf8).write(to: shard)
        let outcome = try profile(folder, "run", [shard.path, "--show-text"])
        #expect(outcome.status == 0, "\(outcome.errorText)")
        let figures = try figures(folder, "run")
        let form = try #require(figures.misspellings.first { $0.wrong == "recieve" })
        func role(_ name: String) throws -> LanguageProfileFigures.RoleRows {
            try #require(form.roles.first { $0.role == name })
        }
        // One reply says nothing about the rate; thirty requests do.
        #expect(try role("assistant").low < 0.2 && role("assistant").high > 0.8)
        #expect(try role("user").low > 0.35 && role("user").high < 0.65)
        let apology = try #require(
            figures.features.first { $0.id == "apology" }?.roles.first { $0.role == "assistant" })
        #expect(apology.rate == 0.5 && apology.low < 0.2 && apology.high > 0.8)
        #expect(
            outcome.text.contains(
                "recieve, rows.jsonl:0 assistant: I am sorry that you could not [recieve] the box"))
    }

    @Test func `a macro that was pasted into chats of their own is one draw`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let macro = "I am sorry for this, I've escalated it to our tier-two team and they write to you soon."
        func turn(_ role: String, _ text: String) -> String { #"{"role":"\#(role)","content":"\#(text)"}"# }
        func rates(_ reply: (Int) -> String) throws -> LanguageProfileFigures.FeatureRate {
            let rows = (0..<120).map { row in
                var turns = (0..<3).flatMap { number in
                    let text = SmallCorpus.text(row * 7 + number)
                    return [turn("user", text), turn("assistant", "\(text.uppercased()) \(row) \(number)")]
                }
                if row % 2 == 0 { turns.append(turn("assistant", reply(row))) }
                return #"{"messages":[\#(turns.joined(separator: ","))]}"#
            }
            let shard = try write(folder, "rows.jsonl", rows)
            #expect(try profile(folder, "run", [shard, "--force"]).status == 0)
            let apology = try #require(try figures(folder, "run").features.first { $0.id == "apology" })
            return try #require(apology.roles.first { $0.role == "assistant" })
        }
        let own = try rates { "I am sorry, \(SmallCorpus.text($0 * 11 + 5))" }
        let pasted = try rates { _ in macro }
        #expect(own.rate == pasted.rate)
        #expect(pasted.high - pasted.low > 2 * (own.high - own.low), "\(own) \(pasted)")
    }

    @Test func `explain tells the forms and features of a row, with its words on demand`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let shard = folder.appendingPathComponent("rows.jsonl")
        let rows = Self.pasted("I apologise for it, and you will recieve the box.", 3) {
            "where is my kettel \($0)"
        }
        try Data(rows.map { $0 + "\n" }.joined().utf8).write(to: shard)
        let list = folder.appendingPathComponent("ours.txt")
        try Data("kettel->kettle\nbox->parcel\n".utf8).write(to: list)
        _ = try profile(folder, "run", [shard.path, "--misspellings", list.path])
        let run = folder.appendingPathComponent("run").path
        let plain = try CommandRunner.assay(["explain", run, "rows.jsonl:1"])
        #expect(plain.status == 0, "\(plain.both)")
        #expect(plain.text.contains("misspelt    recieve -> receive, listed, assistant turn 1"))
        #expect(plain.text.contains("misspelt    box -> parcel, listed, assistant turn 1"), "\(plain.text)")
        #expect(plain.text.contains("misspelt    kettel -> kettle, listed, user turn 0"))
        #expect(plain.text.contains("assistant turn 1: ") && plain.text.contains("apology"))
        #expect(!plain.text.contains("apologise") && !plain.text.contains("as they were"))
        let shown = try CommandRunner.assay(["explain", run, "rows.jsonl:1", "--show-text"])
        #expect(shown.text.contains("apology [apologise]"), "\(shown.text)")
        try Data((rows[0] + "\n").utf8).write(to: shard)
        let changed = try CommandRunner.assay(["explain", run, "rows.jsonl:0"])
        #expect(changed.status == 0 && changed.text.contains("has changed since the run"), "\(changed.both)")
    }

    @Test func `one pasted template makes no rate, and a form that everybody writes is entrenched`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var rows: [String] = []
        for number in 0..<60 {
            rows.append(
                Self.chat(
                    "where is order \(number) of my \(SmallCorpus.text(number))",
                    "Your parcel reaches the depot soon. \(SmallCorpus.text(number + 100)) The sumarised note follows."
                ))
        }
        for number in 0..<40 {
            rows.append(
                Self.chat(
                    "please help",
                    "You will recieve the parcel at the door of your house on the next working day. \(number)"
                ))
            rows.append(
                Self.chat(
                    SmallCorpus.text(number + 300), "You will receive it. \(SmallCorpus.text(number + 400))"))
            for more in 0..<5 {
                rows.append(
                    Self.chat(
                        SmallCorpus.text(number * 7 + more),
                        "Soon you receive it. \(SmallCorpus.text(number * 11 + more))"))
            }
        }
        let shard = try write(folder, "rows.jsonl", rows)
        #expect(try profile(folder, "run", [shard]).status == 0)
        let figures = try figures(folder, "run")
        let pasted = try #require(figures.misspellings.first { $0.wrong == "recieve" })
        #expect(pasted.wrongRows == 40 && pasted.clusters == 1 && pasted.low < 0.05)
        #expect(
            figures.entrenched.contains {
                $0.wrong == "sumarised" && $0.right == "summarised" && $0.wrongRows == 60
            })
    }

    @Test func `a pasted template is one draw, in however many rows, and also with a word put in`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let words = [
            "card", "bank", "order", "letter", "parcel", "ticket", "refund", "invoice", "account", "number",
        ]
        func write(_ name: String, _ rows: [String]) throws -> String {
            let file = folder.appendingPathComponent(name)
            try rows.map { "{\"text\": \"\($0)\"}" }.joined(separator: "\n")
                .write(to: file, atomically: true, encoding: .utf8)
            return file.path
        }
        func form(_ shard: String) throws -> LanguageProfileFigures.Misspelling {
            _ = try profile(folder, "run", [shard, "--force"])
            return try #require(try figures(folder, "run").misspellings.first { $0.wrong == "recieve" })
        }
        let varied = (0..<900).map { row in
            let own = [row % 10, row / 10 % 10, row / 100].map { words[$0] }.joined(separator: " and ")
            return "tell me when I will receive my \(own), since I have waited for it the whole week"
        }
        let template =
            "when will I recieve what I have asked you for in the letter that I have sent last week"
        let pasted = try form(write("pasted.jsonl", varied + Array(repeating: template, count: 30_000)))
        #expect(pasted.clusters == 1 && pasted.wrongRows == 30_000)
        // Of a sample of the rows as of all of them.
        let few = try form(write("few.jsonl", varied + Array(repeating: template, count: 900)))
        #expect(pasted.low < 0.9 && few.high - few.low > 0.5)
        let changed = words.map { template.replacingOccurrences(of: "asked", with: "asked \($0)") }
        #expect(try form(write("changed.jsonl", varied + changed)).clusters == 1)
        let different = words.map {
            "my \($0) did not come and I recieve no \(String($0.reversed())) from \($0)s"
        }
        #expect(try form(write("different.jsonl", varied + different)).clusters == 10)
    }
}
