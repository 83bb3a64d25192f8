import Corpus
import Testing

struct DatasetCatalogueTests {
    private func catalogue(_ json: String) throws -> DatasetCatalogue? {
        try MappedRow.decode(json) { DatasetCatalogue($0) }
    }

    private func mapping(_ entry: String) throws -> FieldMapping {
        let catalogue = try #require(try catalogue(#"{"d":\#(entry)}"#))
        return try #require(catalogue.entries.first).mapping
    }

    @Test func `published names hold where no columns are given`() throws {
        let alpaca = try mapping(#"{"file_name":"a.json"}"#)
        #expect(
            try MappedRow(#"{"instruction":"I","input":"N","output":"O"}"#, mapping: alpaca).turns
                == ["user: I", "user: N", "assistant: O"])
        let chat = try mapping(#"{"file_name":"a.json","formatting":"sharegpt"}"#)
        #expect(
            try MappedRow(
                #"{"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"A"}]}"#, mapping: chat
            )
            .turns == ["user: Q", "assistant: A"])
    }

    @Test func `columns rename fields, and leave out what they do not name`() throws {
        let mapping = try mapping(
            #"{"file_name":"a.json","columns":{"prompt":"ask","response":"say","system":"who","history":"before","kto_tag":"good"}}"#
        )
        let row = #"{"ask":"Q","input":"left out","say":"A","who":"S","before":[["a","b"]],"good":true}"#
        let mapped = try MappedRow(row, mapping: mapping)
        #expect(mapped.turns == ["system: S", "user: a", "assistant: b", "user: Q", "assistant: A"])
        #expect(mapped.labelHash != 0)
        #expect(mapped.outside == ["input"])
    }

    @Test func `a prompt alone is plain text`() throws {
        let mapping = try mapping(#"{"file_name":"a.json","columns":{"prompt":"body"}}"#)
        #expect(try MappedRow(#"{"body":"T"}"#, mapping: mapping).turns == ["text: T"])
    }

    @Test func `tags name keys and speakers`() throws {
        let mapping = try mapping(
            #"{"file_name":"a.json","formatting":"sharegpt","columns":{"messages":"talk"},"tags":{"role_tag":"who","content_tag":"says","user_tag":"caller","assistant_tag":"desk","system_tag":"rules"}}"#
        )
        let row =
            #"{"talk":[{"who":"rules","says":"S"},{"who":"caller","says":"Q"},{"who":"desk","says":"A"},{"who":"tool","says":"T"}]}"#
        #expect(
            try MappedRow(row, mapping: mapping).turns == ["system: S", "user: Q", "assistant: A", "tool: T"])
    }

    @Test func `a ranking set has two answers`() throws {
        let mapping = try mapping(
            #"{"file_name":"a.json","ranking":true,"columns":{"prompt":"p","chosen":"good","rejected":"bad"}}"#
        )
        #expect(
            try MappedRow(#"{"p":"Q","good":"C","bad":"R"}"#, mapping: mapping).turns
                == ["user: Q", "assistant chosen: C", "assistant rejected: R"])
    }

    @Test func `files are found by path, folder and packed name`() throws {
        let catalogue = try #require(
            try catalogue(
                #"{"a":{"file_name":"sub/a.jsonl"},"b":{"file_name":"many","columns":{"prompt":"x"}}}"#))
        #expect(catalogue.mapping(ofFile: "sub/a.jsonl") != nil)
        #expect(catalogue.mapping(ofFile: "sub/a.jsonl.zst") != nil)
        #expect(catalogue.mapping(ofFile: "many/1.jsonl")?.shape == .text)
        #expect(catalogue.mapping(ofFile: "a.jsonl") == nil)
        #expect(catalogue.mapping(ofFile: "many.jsonl") == nil)
    }

    @Test func `a file of another kind under that name is no catalogue`() throws {
        #expect(try catalogue(#"{"builder_name":"json","features":{"text":{"dtype":"string"}}}"#) == nil)
        #expect(try catalogue("[1]") == nil)
        #expect(try catalogue(#"{"remote":{"hf_hub_url":"x/y"}}"#)?.entries.isEmpty == true)
    }
}
