import Testing

@testable import Reporting

@Suite struct TextTableShorteningTests {
    @Test func `a long place keeps its row number`() {
        #expect(TextTable.shortened("short.jsonl:3", to: 40) == "short.jsonl:3")
        let place = "llmfoundry_dolly_hhrlhf_train_small.jsonl.zst:1234"
        let cut = TextTable.shortened(place, to: 40)
        #expect(cut.count == 40 && cut.hasPrefix("llmfoundry_dolly") && cut.hasSuffix("small.jsonl.zst:1234"))
        #expect(TextTable.width(of: TextTable.shortened("語語語語語語語語語語:12", to: 11)) <= 11)
        #expect(TextTable.shortened("語語語語語語語語語語:12", to: 11).hasSuffix(":12"))
    }
}
