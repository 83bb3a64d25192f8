import Corpus
import Testing

/// Detection of the published layouts, and what each maps to.
struct FieldMappingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var id: String
        var row: String
        var summary: String
        var turns: [String]
        var testDescription: String { id }
    }

    static let cases: [Case] = [
        Case(
            id: "OpenAI messages",
            row:
                #"{"messages":[{"role":"system","content":"S"},{"role":"user","content":"Q"},{"role":"assistant","content":"A"}]}"#,
            summary: "messages (OpenAI)", turns: ["system: S", "user: Q", "assistant: A"]),
        Case(
            id: "ShareGPT",
            row: #"{"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"A"}]}"#,
            summary: "conversations (ShareGPT)", turns: ["user: Q", "assistant: A"]),
        Case(
            id: "ShareGPT tools",
            row:
                #"{"conversations":[{"from":"human","value":"Q"},{"from":"function_call","value":"F"},{"from":"observation","value":"O"},{"from":"gpt","value":"A"}]}"#,
            summary: "conversations (ShareGPT)",
            turns: ["user: Q", "assistant: F", "tool: O", "assistant: A"]),
        Case(
            id: "speakers, system answers",
            row: #"{"turns":[{"speaker":"USER","utterance":"Q"},{"speaker":"SYSTEM","utterance":"A"}]}"#,
            summary: "turns (turns)", turns: ["user: Q", "assistant: A"]),
        Case(
            id: "bare strings alternate", row: #"{"turns":["Q","A","Q2"]}"#,
            summary: "turns (turns)", turns: ["user: Q", "assistant: A", "user: Q2"]),
        Case(
            id: "Alpaca", row: #"{"output":"O","instruction":"I","input":"N"}"#,
            summary: "instruction, input, output", turns: ["user: I", "user: N", "assistant: O"]),
        Case(
            id: "Alpaca with history",
            row: #"{"instruction":"I","output":"O","history":[["a","b"],["c","d"]],"system":"S"}"#,
            summary: "instruction, output",
            turns: [
                "system: S", "user: a", "assistant: b", "user: c", "assistant: d", "user: I", "assistant: O",
            ]),
        Case(
            id: "prompt and completion", row: #"{"prompt":"P","completion":"C"}"#,
            summary: "prompt, completion", turns: ["user: P", "assistant: C"]),
        Case(
            id: "prompt and completion as chats",
            row:
                #"{"prompt":[{"role":"system","content":"S"},{"role":"user","content":"Q"}],"completion":[{"role":"assistant","content":"A"}]}"#,
            summary: "prompt, completion", turns: ["system: S", "user: Q", "assistant: A"]),
        Case(
            id: "question and answer", row: #"{"question":"Q","answer":"A"}"#,
            summary: "question, answer", turns: ["user: Q", "assistant: A"]),
        Case(
            id: "a text and what is to be written about it", row: #"{"text":"T","target":"P","id":1}"#,
            summary: "text, target", turns: ["user: T", "assistant: P"]),
        Case(
            id: "documents beside a chat",
            row: #"{"messages":[{"role":"user","content":"Q"}],"documents":[{"page_content":"D"}]}"#,
            summary: "messages (OpenAI)", turns: ["user: Q", "user: D"]),
        Case(
            id: "a code of one word is no program", row: #"{"text":"T","code":"DE"}"#, summary: "text: text",
            turns: ["text: T"]),
        Case(
            id: "a program", row: #"{"text":"T","code":"return x"}"#, summary: "text, code",
            turns: ["user: T", "assistant: return x"]),
        Case(
            id: "reasoning before an answer", row: #"{"answer":"A","question":"Q","rationale":"R"}"#,
            summary: "question, rationale, answer", turns: ["user: Q", "assistant: R", "assistant: A"]),
        Case(
            id: "reasoning in a message",
            row: #"{"messages":[{"role":"assistant","content":"A","reasoning_content":"R"}]}"#,
            summary: "messages (OpenAI)", turns: ["assistant: R\nA"]),
        Case(
            id: "documents of a question",
            row: #"{"query":"Q","documents":["D",{"title":"t","content":"E"}],"response":"A"}"#,
            summary: "query, documents, response", turns: ["user: Q", "user: D\nE", "assistant: A"]),
        Case(id: "text", row: #"{"text":"T","category":"c"}"#, summary: "text: text", turns: ["text: T"]),
        Case(
            id: "preference strings", row: #"{"prompt":"P","chosen":"C","rejected":"R"}"#,
            summary: "prompt, chosen, rejected",
            turns: ["user: P", "assistant chosen: C", "assistant rejected: R"]),
        Case(
            id: "preference after a chat",
            row:
                #"{"conversations":[{"from":"human","value":"Q"}],"chosen":{"from":"gpt","value":"C"},"rejected":{"from":"gpt","value":"R"}}"#,
            summary: "conversations, chosen, rejected",
            turns: ["user: Q", "assistant chosen: C", "assistant rejected: R"]),
        Case(
            id: "preference chats repeat their prompt",
            row:
                #"{"chosen":[{"role":"user","content":"Q"},{"role":"assistant","content":"C"}],"rejected":[{"role":"user","content":"Q"},{"role":"assistant","content":"R"}]}"#,
            summary: "chosen, rejected", turns: ["user: Q", "assistant chosen: C", "assistant rejected: R"]),
        Case(
            id: "chosen as a flag is no answer", row: #"{"instruction":"I","output":"O","chosen":true}"#,
            summary: "instruction, output", turns: ["user: I", "assistant: O"]),
        Case(
            id: "preference transcripts",
            row:
                #"{"chosen":"\n\nHuman: Q\n\nAssistant: A\n\nHuman: Why? Human: no.\n\nAssistant: C\n\n1. D","rejected":"\n\nHuman: Q\n\nAssistant: A\n\nHuman: Why? Human: no.\n\nAssistant: R"}"#,
            summary: "chosen, rejected",
            turns: [
                "user: Q", "assistant: A", "user: Why? Human: no.", "assistant chosen: C\n\n1. D",
                "assistant rejected: R",
            ]),
        Case(
            id: "no transcript", row: #"{"chosen":"Humans are.","rejected":"Human: alone"}"#,
            summary: "chosen, rejected",
            turns: ["assistant chosen: Humans are.", "assistant rejected: Human: alone"]),
        Case(
            id: "transcripts of other conversations",
            row: #"{"chosen":"Human: Q\n\nAssistant: A","rejected":"Human: P\n\nAssistant: B"}"#,
            summary: "chosen, rejected",
            turns: [
                "assistant chosen: Human: Q\n\nAssistant: A", "assistant rejected: Human: P\n\nAssistant: B",
            ]),
        Case(
            id: "one transcript alone",
            row: #"{"chosen":"C c","rejected":"Human: P\n\nAssistant: B"}"#,
            summary: "chosen, rejected",
            turns: ["assistant chosen: C c", "assistant rejected: Human: P\n\nAssistant: B"]),
        Case(
            id: "a transcript that ends in a question",
            row:
                #"{"chosen":"Human: P\n\nAssistant: B\n\nHuman: Q","rejected":"Human: P\n\nAssistant: B\n\nHuman: R"}"#,
            summary: "chosen, rejected",
            turns: [
                "assistant chosen: Human: P\n\nAssistant: B\n\nHuman: Q",
                "assistant rejected: Human: P\n\nAssistant: B\n\nHuman: R",
            ]),
        Case(
            id: "a preference of OpenAI's form",
            row:
                #"{"input":{"messages":[{"role":"user","content":"Q"}]},"preferred_output":[{"role":"assistant","content":"C"}],"non_preferred_output":[{"role":"assistant","content":"R"}]}"#,
            summary: "input, non_preferred_output, preferred_output",
            turns: ["user: Q", "assistant chosen: C", "assistant rejected: R"]),
        Case(
            id: "a reply and what it answers", row: #"{"reply":"R r","body":"B b","subject":"S s","id":3}"#,
            summary: "subject, body, reply", turns: ["user: S s", "user: B b", "assistant: R r"]),
        Case(
            id: "a name is no request", row: #"{"user":"Bob Smith","response":"R"}"#, summary: "response",
            turns: ["assistant: R"]),
        Case(
            id: "the name of a model is no answer",
            row: #"{"prompt":"Q","completion":"C","assistant":"gpt 4 of May","reply":"x"}"#,
            summary: "prompt, completion", turns: ["user: Q", "assistant: C"]),
        Case(
            id: "a chat by other keys",
            row: #"{"thread":[{"author":"caller","body":"Q"},{"author":"support","body":"A"}],"id":"x"}"#,
            summary: "thread (chat)", turns: ["user: Q", "assistant: A"]),
        Case(
            id: "a chosen answer without a rejected one",
            row: #"{"prompt":"P","chosen":"C","rejected":null}"#,
            summary: "prompt, chosen, rejected", turns: ["user: P", "assistant chosen: C"]),
        Case(
            id: "the names of two answers",
            row: #"{"prompt":"P","preferred":"answer_a","rejected":"answer_b"}"#,
            summary: "prompt", turns: ["user: P"]),
        Case(
            id: "a request of some words", row: #"{"user":"Reset my password","assistant":"A a"}"#,
            summary: "user, assistant", turns: ["user: Reset my password", "assistant: A a"]),
        Case(
            id: "a reply of one word", row: #"{"prompt":"P","reply":"yes","summary":"S"}"#,
            summary: "prompt, summary, reply", turns: ["user: P", "assistant: S", "assistant: yes"]),
        Case(
            id: "a reply without spaces", row: #"{"prompt":"P","reply":"它在快递公司的仓库里"}"#,
            summary: "prompt, reply", turns: ["user: P", "assistant: 它在快递公司的仓库里"]),
        Case(
            id: "the key whose values are known speakers",
            row:
                #"{"messages":[{"name":"Bob","type":"human","content":"Q"},{"name":"B","type":"ai","content":"A"}]}"#,
            summary: "messages (chat)", turns: ["user: Q", "assistant: A"]),
        Case(
            id: "speakers with a message",
            row: #"{"turns":[{"speaker":"USER","message":"Q"},{"speaker":"SYSTEM","message":"A"}]}"#,
            summary: "turns (turns)", turns: ["user: Q", "assistant: A"]),
        Case(
            id: "a log is no chat",
            row: #"{"events":[{"type":"login","text":"T"}],"thread":[{"author":"x","body":"B"}]}"#,
            summary: "no text field", turns: []),
        Case(
            id: "comments beside a text are none of it",
            row: #"{"text":"T","comments":[{"author":"a","text":"C"}]}"#, summary: "text: text",
            turns: ["text: T"]),
        Case(
            id: "speakers of a support desk",
            row:
                #"{"messages":[{"role":"caller","content":"Q"},{"role":"Support","content":"A"},{"role":"xyz","content":"U"}]}"#,
            summary: "messages (OpenAI)", turns: ["user: Q", "assistant: A", "user: U"]),
        Case(id: "no field of text", row: #"{"id":7,"meta":{"q":"x"}}"#, summary: "no text field", turns: []),
        Case(id: "no object", row: "[1,2]", summary: "no text field", turns: []),
    ]

    @Test(arguments: cases)
    func `a published layout is told and mapped`(_ one: Case) throws {
        #expect(try MappedRow.detected(one.row).summary == one.summary)
        #expect(try MappedRow(one.row).turns == one.turns)
    }

    @Test func `most rows decide, and optional fields of all of them count`() throws {
        let mappings = try [
            #"{"text":"T"}"#, #"{"instruction":"I","output":"O"}"#,
            #"{"instruction":"I","input":"N","output":"O"}"#,
        ].map { try MappedRow.detected($0) }
        #expect(FieldMapping.detect(among: mappings).summary == "instruction, input, output")
    }

    @Test func `a row that the shard's mapping leaves empty is mapped by its own fields`() throws {
        let shard = try MappedRow.detected(#"{"messages":[{"role":"user","content":"Q"}]}"#)
        #expect(
            try MappedRow(#"{"prompt":"P","completion":"C"}"#, mapping: shard).turns == [
                "user: P", "assistant: C",
            ])
    }

    @Test func `a mapping that the user set is not second-guessed`() throws {
        #expect(try MappedRow(#"{"text":"T"}"#, mapping: .text(["body"])).turns.isEmpty)
    }

    @Test func `nested fields keep the order and side in which they are named`() throws {
        let mapping = FieldMapping.pair(prompt: ["task", "ask.text"], response: ["reply.text", "note"])
        let row = #"{"note":"N","reply":{"text":"R"},"ask":{"text":"Q"},"task":"T"}"#
        #expect(
            try MappedRow(row, mapping: mapping).turns == [
                "user: T", "user: Q", "assistant: R", "assistant: N",
            ])
        #expect(mapping.summary == "task, ask.text, reply.text, note")
    }

    @Test func `a list on the way of a nested field gives a turn for each element`() throws {
        let row = #"{"instances":[{"output":"a"},{"output":"b"},{"other":1}]}"#
        #expect(try MappedRow(row, mapping: .text(["instances.output"])).turns == ["text: a", "text: b"])
    }

    @Test func `a list of strings that is plain text has no sides`() throws {
        #expect(
            try MappedRow(#"{"cells":["a","b"]}"#, mapping: .text(["cells"])).turns == ["text: a", "text: b"])
    }
}
