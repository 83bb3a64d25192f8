import Corpus
import Testing

/// Parts, tool calls, labels, media, slices: what tells rows of one text apart.
struct RowMapperTests {
    private func chat(_ content: String, more: String = "") -> String {
        #"{"messages":[{"role":"user","content":"# + content + #"}]"# + more + "}"
    }

    @Test(
        arguments: [
            #"[{"type":"text","text":"hi"}]"#, #"[{"type":"text","value":"hi"}]"#,
            #"[{"type":"text","content":"hi"}]"#,
            #"["hi"]"#, #""hi""#,
        ])
    func `text parts are text, however they are spelled`(_ content: String) throws {
        let row = try MappedRow(chat(content))
        #expect(row.turns == ["user: hi"])
        #expect(row.partHash == 0)
    }

    @Test(arguments: [
        (#""preference":"a""#, #""preference":"b""#),
        (#""better_response_id":0"#, #""better_response_id":1"#),
        (#""feedback":"good""#, #""feedback":"bad""#), (#""accepted":true"#, #""accepted":false"#),
    ])
    func `what is said of an answer in a word is a label`(_ first: String, _ second: String) throws {
        let rows = try [first, second].map { try MappedRow(#"{"prompt":"Q","response":"A",\#($0)}"#) }
        #expect(rows[0].labelHash != 0 && rows[0].labelHash != rows[1].labelHash)
    }

    @Test(arguments: [
        #""accepted":"2024-03-01T10:00:00Z""#, #""accepted":1700000001"#, #""feedback":"fb_8127361""#,
        #""preference":0.81231"#, #""preferred":"a@b.example""#, #""vote":null"#,
    ])
    func `times, ids and addresses are no labels`(_ field: String) throws {
        #expect(try MappedRow(#"{"prompt":"Q","response":"A",\#(field)}"#).labelHash == 0)
    }

    @Test func `feedback in words is no label`() throws {
        let row = try MappedRow(#"{"prompt":"Q","response":"A","feedback":"I hate how it says this."}"#)
        #expect(row.labelHash == 0 && row.outside == ["feedback"])
    }

    @Test func `members of a parted field are told apart, of objects alone`() throws {
        let row = #"{"text":"T","meta":{"id":1,"note":"N"},"more":{"id":1}}"#
        func outside(_ row: String, _ ignored: [String] = []) throws -> [String] {
            try MappedRow(row, ignoring: ignored, parting: ["meta"]).outside
        }
        #expect(try outside(row) == ["meta.id", "meta.note", "more"])
        #expect(try outside(row, ["meta"]) == ["more"])
        #expect(try outside(#"{"text":"T","meta":[1]}"#) == ["meta"])
    }

    @Test func `another image is another text`() throws {
        let rows = try ["a", "b"].map {
            try MappedRow(
                chat(#"[{"type":"text","text":"what?"},{"type":"image_url","image_url":{"url":"\#($0)"}}]"#))
        }
        #expect(rows[0].partHash != rows[1].partHash)
        #expect(rows[0].turns != rows[1].turns)
        #expect(rows[0].turns[0].hasPrefix("user: what?\n\n<image_url> "))
    }

    @Test func `a call that a turn quotes is a tool call`() throws {
        let row = try MappedRow(
            #"{"conversations":[{"from":"human","value":"Q"},{"from":"function_call","value":"{\"name\": \"f\"}"}]}"#
        )
        #expect(row.turns.last == #"assistant: <tool_call> {"name": "f"}"#, "\(row.turns)")
    }

    @Test func `media fields beside the chat count as parts, in any order of keys`() throws {
        let first = try MappedRow(chat(#""hi""#, more: #","images":["a.png"],"audio":"x""#))
        let swapped = try MappedRow(
            #"{"audio":"x","images":["a.png"],"messages":[{"role":"user","content":"hi"}]}"#)
        let other = try MappedRow(chat(#""hi""#, more: #","images":["b.png"],"audio":"x""#))
        let none = try MappedRow(chat(#""hi""#, more: #","images":[],"audio":null"#))
        #expect(first.partHash == swapped.partHash)
        #expect(first.partHash != other.partHash)
        #expect(none.partHash == 0)
    }

    @Test func `tool calls are name and arguments`() throws {
        let row = try MappedRow(
            #"{"messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"1","function":{"name":"f","arguments":"{\"x\":1}"}}]},{"role":"tool","content":"7"}]}"#
        )
        #expect(row.turns.count == 2)
        #expect(row.turns[0].hasPrefix("assistant: "))
        #expect(row.turns[0].contains("f {\"x\":1}"))
        #expect(row.partHash != 0)
    }

    @Test func `arguments of a call are told apart by what they say`() throws {
        func hash(_ arguments: String) throws -> UInt64 {
            let quoted = arguments.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return try MappedRow(
                #"{"messages":[{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"\#(quoted)"}}]}]}"#
            ).partHash
        }
        let first = try hash(#"{"a": "x y", "b": {"c": [1, 2]}}"#)
        #expect(try hash(#"{"b":{"c":[1,2]},"a":"x y"}"#) == first)
        #expect(try hash(#"{"b":{"c":[2,1]},"a":"x y"}"#) != first)
        #expect(try hash(#"{"b":{"c":[1,2]},"a":"xy"}"#) != first)
        #expect(try hash(#"{"a":"x\" y","b":1}"#) != hash(#"{"a":"x\"y","b":1}"#))
        #expect(try hash(#"{"b": {"d": 1, "c": 2}}"#) == hash(#"{"b":{"c":2,"d":1}}"#))
        // What is no JSON counts as it is written.
        #expect(try hash("{a} 5") != hash("{a} 6"))
        #expect(
            try hash(String(repeating: "{\"a\":", count: 100))
                != hash(String(repeating: "{\"a\": ", count: 100)))
        // A call that is no JSON is text like any other.
        let loose = try MappedRow(#"{"conversations":[{"from":"function_call","value":"call f"}]}"#)
        #expect(loose.partHash == 0)
        // The calls of ShareGPT are turns of their own.
        let calls = try ["f", "g"].map {
            try MappedRow(
                #"{"conversations":[{"from":"function_call","value":"{\"name\": \"\#($0)\"}"}]}"#
            ).partHash
        }
        #expect(calls[0] != calls[1] && calls[0] != 0)
    }

    @Test func `weights and tool schemas are mapped fields`() throws {
        let plain = try MappedRow(chat(#""hi""#))
        let weighted = try MappedRow(#"{"messages":[{"role":"user","content":"hi","weight":0}]}"#)
        let tools = try MappedRow(chat(#""hi""#, more: #","tools":[{"name":"f"}]"#))
        #expect(plain.mappedHash == 0)
        #expect(weighted.mappedHash != 0)
        #expect(tools.mappedHash != 0)
        #expect(weighted.turns == plain.turns)
    }

    @Test func `tool schemas are compared when everything is`() throws {
        let row = try MappedRow(chat(#""hi""#, more: #","tools":"f()""#), toolsAreCompared: true)
        #expect(row.turns == ["developer: f()", "user: hi"])
    }

    @Test(arguments: ["label", "score", "rating", "kto_tag", "category", "Label", "is_spam", "sentiment"])
    func `a label is told from none and from another`(_ name: String) throws {
        let rows = try [#"true"#, #"false"#, "null"].map { try MappedRow(#"{"text":"T","\#(name)":\#($0)}"#) }
        #expect(Set(rows.map(\.labelHash)).count == 3)
        #expect(rows[2].labelHash == 0)
    }

    @Test func `a KTO row has a label and one answer`() throws {
        let row = try MappedRow(#"{"prompt":"P","completion":"C","label":true}"#)
        #expect(row.turns == ["user: P", "assistant: C"])
        #expect(row.labelHash != 0)
    }

    @Test func `fields outside are named, ignored ones are not`() throws {
        let json = #"{"text":"T","id":1,"source":"s","timestamp":"t"}"#
        #expect(try MappedRow(json).outside == ["id", "source", "timestamp"])
        #expect(try MappedRow(json, ignoring: ["id", "timestamp"]).outside == ["source"])
    }

    @Test func `what a message has beside its text lies outside`() throws {
        let row = try MappedRow(#"{"messages":[{"role":"user","content":"hi","name":"Ann"}]}"#)
        #expect(row.outside == ["turns.name"])
        #expect(row.turns == ["user: hi"])
        let twice =
            #"{"messages":[{"role":"user","content":"hi","weight":0,"train":true},{"role":"user","content":"ho","weight":1}]}"#
        #expect(try MappedRow(twice).outside.sorted() == ["turns.train", "turns.weight"])
    }

    @Test func `the answers that a question offers are one turn behind it, and a number is a label`() throws {
        let row = try MappedRow(#"{"answer":2,"choices":["a b","c"],"question":"Which?"}"#)
        #expect(row.turns == ["user: Which?", "user: a b\nc"])
        let other = try MappedRow(#"{"answer":3,"choices":["a b","c"],"question":"Which?"}"#)
        #expect(row.labelHash != 0 && row.labelHash != other.labelHash)
        let named = try MappedRow(
            #"{"question":"Which?","options":{"text":["a","c"],"label":["A","B"]},"answer":"c"}"#)
        #expect(named.turns == ["user: Which?", "user: a\nc", "assistant: c"])
        let numbers = try MappedRow(#"{"question":"Which?","choices":[12,15],"answer":"x"}"#)
        #expect(numbers.turns == ["user: Which?", "user: 12\n15", "assistant: x"] && numbers.partHash == 0)
        let lettered = try MappedRow(#"{"question":"Which?","options":{"A":"m n","B":"p"},"answer_idx":"A"}"#)
        #expect(lettered.turns == ["user: Which?", "user: m n\np"] && lettered.labelHash != 0)
        let objects = try MappedRow(#"{"question":"Which?","choices":[{"text":"r","is_correct":true}]}"#)
        #expect(objects.turns == ["user: Which?", "user: r"] && objects.outside == ["choices"])
        let settings = try MappedRow(#"{"prompt":"P","response":"R","options":{"temperature":0}}"#)
        #expect(settings.turns == ["user: P", "assistant: R"])
    }

    @Test func `a label may lie in another field, and counts once however often it is named`() throws {
        var mapping = FieldMapping.text(["text"])
        mapping.addLabel("metadata.label")
        mapping.addLabel("metadata.label")
        let mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)
        mapper.use(mapping)
        #expect(mapping.nestedLabels.count == 1)
        let hashes = try ["good", "bad", nil].map { label in
            let json =
                label.map { #"{"text":"T","metadata":{"label":"\#($0)"}}"# } ?? #"{"text":"T","metadata":{}}"#
            return try MappedRow.decode(json) { node in
                mapper.map(node)
                return mapper.labelHash
            }
        }
        #expect(Set(hashes).count == 3 && hashes[2] == 0)
    }

    @Test func `an answer that is a number in the first row and text in others is text`() throws {
        let rows = [#"{"question":"Q","answer":5}"#, #"{"question":"Q","answer":"five"}"#]
        let text = try MappedRow.detected(rows[1])
        #expect(text.turnFields.contains { $0.name == "answer" && $0.role == .assistant })
        for order in [rows, rows.reversed()] {
            let mappings = try order.map { try MappedRow.detected($0) }
            #expect(FieldMapping.detect(among: mappings).uses["answer"] == text.uses["answer"])
        }
    }

    @Test func `many fields of messages take bounded room, and those beyond it count as one`() throws {
        let fields = (0..<200).map { #""f\#($0)":\#($0)"# }
        let row = try MappedRow(
            #"{"messages":[{"role":"user","content":"hi",\#(fields.joined(separator: ","))}]}"#)
        #expect(row.outside.count == 64)
    }

    @Test func `the order of keys and the spelling of numbers do not tell rows apart`() throws {
        let first = try MappedRow(#"{"text":"T","label":1,"meta":{"a":1,"b":[1,2]}}"#)
        let second = try MappedRow(#"{"meta":{"b":[1,2],"a":1},"label":1,"text":"T"}"#)
        #expect(first == second)
    }

    @Test func `slices are nested by dots, and lists give several`() throws {
        let json =
            #"{"text":"T","meta":{"queue":"refunds"},"tags":["a","b"],"labels":[{"slot":"x"},{"slot":"y"}],"n":null}"#
        let row = try MappedRow(json, slices: ["meta.queue", "tags", "labels.slot", "n", "absent"])
        #expect(row.slices == ["0=refunds", "1=a", "1=b", "2=x", "2=y"])
    }

    @Test func `conversation fields are told apart by value`() throws {
        let rows = try ["1", "2"].map { try MappedRow(#"{"text":"T","conversation_id":\#($0)}"#) }
        #expect(rows[0].conversationHash != rows[1].conversationHash)
        #expect(try MappedRow(#"{"text":"T"}"#).conversationHash == 0)
    }
}
