import Testing

@testable import Reporting

struct TextTableTests {
    @Test func `columns align by the cells that text takes`() {
        var table = TextTable([
            .init("slice", maximumWidth: 12), .init("rows", .right), .init("note"),
        ])
        table.append(["refunds", TextTable.grouped(1_234_567), ""])
        table.append(["漢字", "11", "two cells each"])
        table.append(["a very long slice name", "-2", "\u{1b}[31m"])
        table.append(["e\u{301}"])
        #expect(
            table.lines(indent: 2) == [
                "  slice              rows  note",
                "  refunds       1,234,567",
                "  漢字                 11  two cells each",
                "  a very long…         -2  \\x1b[31m",
                "  e\u{301}",
            ])
    }

    @Test func `a table without titles has rows alone`() {
        var table = TextTable([.init(""), .init("", .right)])
        #expect(table.isEmpty)
        table.append(["a", "1"])
        table.append(["bcd", "23", "surplus"])
        #expect(table.lines() == ["a     1", "bcd  23"])
    }

    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (-1000, "-1,000"), (1_234_567, "1,234,567"),
        (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func `integers are grouped by three`(value: Int, expected: String) {
        #expect(TextTable.grouped(value) == expected)
    }

    @Test func `truncation never splits a wide character`() {
        #expect(TextTable.truncated("漢字漢字", to: 5) == "漢字…")
        #expect(TextTable.truncated("漢字漢字", to: 4) == "漢…")
        #expect(TextTable.truncated("abc", to: 3) == "abc")
        #expect(TextTable.truncated("abcd", to: 3) == "ab…")
        #expect(TextTable.truncated("abcd", to: 0) == "")
        #expect(TextTable.truncated("e\u{301}e\u{301}e\u{301}", to: 2) == "e\u{301}…")
    }
}
