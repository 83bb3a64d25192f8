import Corpus
import Testing

struct FieldCensusTests {
    private func census(_ rows: [String]) throws -> FieldCensus {
        var census = FieldCensus()
        for row in rows { try MappedRow.decode(row) { census.add($0) { $0.elementsEqual("messages".utf8) } } }
        return census
    }

    private func field(_ path: String, _ census: FieldCensus) throws -> FieldCensus.Field {
        try #require(census.all.first { $0.path == path })
    }

    @Test func `a category slices well, an id, a measurement and a text do not`() throws {
        let rows = (0..<40).map { n in
            #"{"queue":"q\#(n % 4)","id":"id-\#(n)","share":\#(Double(n % 3) + 0.5),"text":"words of row \#(n) that differ"}"#
        }
        let census = try census(rows)
        #expect(try field("queue", census).slicesWell)
        #expect(try !field("id", census).slicesWell)
        #expect(try !field("share", census).slicesWell)
        #expect(try !field("text", census).slicesWell)
        #expect(try field("text", census).readsAsText)
        #expect(try !field("queue", census).readsAsText)
    }

    @Test func `macros are text however often they recur, and long names of a queue are none`() throws {
        let rows = (0..<200).map { n in
            #"{"reply":"Thank you for writing to us, number \#(n % 20) of the many macros that we send.","queue":"Refunds of number \#(n % 20)","policy":"The policy that every row of this set repeats in full, as \#(n % 2)"}"#
        }
        let census = try census(rows)
        #expect(try field("reply", census).readsAsText)
        #expect(try !field("queue", census).readsAsText)
        #expect(try !field("policy", census).readsAsText)
    }

    @Test func `nested fields and lists are counted by row and by value`() throws {
        let census = try census([
            #"{"meta":{"a":{"b":"x","c":{"deep":1}}},"tags":["t","u"],"turns":[{"act":"p"},{"act":"p"}]}"#,
            #"{"meta":{"a":{"b":"x"}},"tags":[],"turns":[{"act":"q"}]}"#,
        ])
        #expect(census.all.map(\.path) == ["meta.a.b", "tags", "turns.act"])
        #expect(try field("tags", census).rows == 1)
        #expect(try field("tags", census).valueCount == 2)
        #expect(try field("turns.act", census).rows == 2)
        #expect(try field("turns.act", census).commonest(5).map(\.value) == ["p", "q"])
    }

    @Test func `skipped fields, nulls and keys with dots are not counted`() throws {
        let census = try census([#"{"messages":["m"],"n":null,"meta":{"a.b":1,"c":2}}"#])
        #expect(census.all.map(\.path) == ["meta.c"])
    }

    @Test func `more values than a slice may have are not kept`() throws {
        let census = try census((0..<1500).map { #"{"v":"\#($0)"}"# })
        let field = try field("v", census)
        #expect(field.overflows)
        #expect(field.distinct == 0)
        #expect(field.rows == 1500)
        #expect(!field.slicesWell)
    }
}
