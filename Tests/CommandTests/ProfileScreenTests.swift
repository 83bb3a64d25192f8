import Foundation
import TestSupport
import Testing

/// What the first screen of a profile says where there is little to say, and where it would mislead.
@Suite struct ProfileScreenTests {
    private func screen(_ rows: [String], _ options: [String] = []) throws -> CommandRunner.Outcome {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let shard = folder.appendingPathComponent("rows.jsonl")
        try Data(rows.map { $0 + "\n" }.joined().utf8).write(to: shard)
        let patterns = folder.appendingPathComponent("own.tsv")
        try Data("greeting\thabit\tde\tany\topener\thallo|guten\n".utf8).write(to: patterns)
        return try CommandRunner.assay(
            ["profile", shard.path] + options.map { $0 == "own.tsv" ? patterns.path : $0 }
                + ["--quiet", "--out", folder.appendingPathComponent("run").path])
    }

    private func chat(_ user: String, _ assistant: String) -> String {
        """
        {"messages": [{"role": "user", "content": "\(user)"}, {"role": "assistant", "content": "\(assistant)"}]}
        """
    }

    @Test(arguments: [
        ("an empty file", []), ("rows without text", ["{\"id\": 1}", "{\"id\": 2}"]),
    ])
    func `where nothing was read, nothing is said to be missing`(_ id: String, _ rows: [String]) throws {
        let outcome = try screen(rows)
        #expect(outcome.status == 0 && outcome.text.hasPrefix("NOTHING WAS READ"), "\(outcome.both)")
        #expect(!outcome.text.contains("none found") && outcome.text.contains("\(rows.count) in ="))
    }

    @Test func `checks whose patterns no list has are said not to be looked for`() throws {
        let rows = (0..<10).map { chat("Where is order \($0)?", "It will come today, and not tomorrow.") }
        let own = try screen(rows, ["--patterns", "own.tsv"])
        #expect(
            own.text.contains(
                "not looked for, as no pattern list has it: promise, refusal, safety-prompt, about-the-answer"
            ),
            "\(own.both)")
        #expect(!own.text.contains("nothing here rehearses refusal") && !own.text.contains("refusals in"))
        let english = try screen(rows)
        #expect(
            english.text.contains("nothing here rehearses refusal") && english.text.contains("refusals in 0"))
        #expect(!english.text.contains("not looked for"))
    }

    @Test func `a form of one row is not on the screen unless a list knows it`() throws {
        let rows = (0..<60).map { chat("Where is it?", "Your parcel is in the warehouse in street \($0).") }
        let once = try screen(rows + [chat("Where is it?", "Your parcel is in the wareheuse in town.")])
        #expect(once.text.contains("none in two rows or more\n  and 1 form more"), "\(once.both)")
        let listed = try screen(
            rows + [chat("Where is it?", "Your parcel will be recieved, as others are received.")])
        #expect(listed.text.contains("recieved"), "\(listed.both)")
    }

    @Test func `text that is not read is named on top`() throws {
        let rows = (0..<30).map { row in
            let answer = "The lamp of row \(row) is on its way and will be with you within two working days."
            return
                #"{"instruction": "Where is lamp \#(row)?", "instances": [{"input": "", "output": "\#(answer)"}]}"#
        }
        let outcome = try screen(rows)
        #expect(outcome.text.hasPrefix("LEFT OUT  text in instances.output is not read"), "\(outcome.both)")
        let plain = try screen((0..<3).map { chat("Where is lamp \($0)?", "It is on its way.") })
        #expect(!plain.text.contains("LEFT OUT"))
    }

    @Test func `prompts in a template are not said to be too clean`() throws {
        let rows = (0..<120).map { row in
            chat(
                "Below is an instruction that describes a task. Tell what \(row) lamps cost.",
                "They cost \(row) euros.")
        }
        let wrapped = try screen(rows)
        #expect(
            wrapped.text.contains(
                "100.0 % of the user turns begin with \"Below is an instruction that\": a template"),
            "\(wrapped.both)")
        #expect(!wrapped.text.contains("too clean"))
        let plain = try screen((0..<120).map { chat("What do \($0) lamps cost?", "They cost \($0) euros.") })
        #expect(plain.text.contains("too clean") && !plain.text.contains("a template"), "\(plain.both)")
    }

    @Test func `two habits of one pattern are one line, and how many more there are is said`() throws {
        let openers = [
            "I'm so sorry about that.", "As an AI language model, I do not know.", "That's a great question!",
            "I've escalated this to our tier-two team.", "I can see why you're upset.",
            "You're right, it is seven.",
            "I can't help with that.",
        ]
        let rows = (0..<70).map { row in
            chat(
                "What of lamp \(row)?",
                "\(openers[row % openers.count]) Lamp \(row) is here. Is there anything else I can help you with?"
            )
        }
        let text = try screen(rows).text
        let habits = text.components(separatedBy: "HABITS").last?.components(separatedBy: "\n\n").first ?? ""
        #expect(habits.contains("apology") || habits.contains("more:"), "\(text)")
        let lines = habits.split(separator: "\n").filter { $0.hasPrefix("  apology") }
        #expect(lines.count <= 1, "\(habits)")
        #expect(habits.contains(" habits more: ") || habits.contains(" habit more: "), "\(habits)")
    }

    @Test func `a system prompt is one draw of a form`() throws {
        let rows = (0..<40).map { row in
            """
            {"messages": [{"role": "system", "content": "You are a helpfull assistant of the shop, and you are kind."}, \
            {"role": "user", "content": "Where is lamp \(row)?"}, {"role": "assistant", "content": "Lamp \(row) is here."}]}
            """
        }
        let outcome = try screen(rows)
        let form = try #require(outcome.text.split(separator: "\n").first { $0.contains("helpfull") })
        #expect(form.contains(" 1  listed"), "\(form)")
    }

    @Test func `rows without an author are counted`() throws {
        let rows = (0..<40).map { row in
            let author = row % 2 == 0 ? #", "agent": "a\#(row % 6)""# : ""
            return #"{"text": "We have recieved the parcel of number \#(row) today."\#(author)}"#
        }
        let outcome = try screen(rows, ["--author", "agent"])
        #expect(outcome.text.contains("20 rows without an author, each a draw of its own"), "\(outcome.both)")
    }

    @Test func `of a corpus in another language no find of English patterns is no sign`() throws {
        let rows = (0..<10).map {
            chat("\u{600E}\u{4E48}\u{9000}\u{8D27}\($0)", "\u{8BF7}\u{7A0D}\u{7B49}\u{3002}")
        }
        let outcome = try screen(rows)
        #expect(outcome.status == 0 && !outcome.text.contains("rehearses refusal"), "\(outcome.both)")
    }
}
