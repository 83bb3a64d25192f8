import Foundation
import TestSupport
import Testing

/// `dedup --from`: plans from stored pairs.
struct ReplanTests {
    private static let base =
        "The parcel that I ordered last week has not arrived yet and the tracking page shows nothing at all since "
        + "early morning, so please tell me where it is and when I can expect it to be delivered to my door."

    /// A keeper, two texts near it of which one comes four times, and a copy of the keeper.
    private static let texts: [(id: Int, text: String)] = {
        let far = base.replacingOccurrences(of: "parcel", with: "packet").replacingOccurrences(
            of: "door", with: "home")
        let near = base.replacingOccurrences(of: "page", with: "site")
        return [(0, base), (1, far), (2, far), (3, near), (1, far), (4, far), (0, base)]
    }()

    private struct Folders {
        let folder: URL
        var first: String { folder.appendingPathComponent("first").path }
        var second: String { folder.appendingPathComponent("second").path }
        func remove() { try? FileManager.default.removeItem(at: folder) }
    }

    private func scanned(_ options: [String] = []) throws -> Folders {
        let folders = Folders(folder: try Fixture.scratchFolder())
        let rows = Self.texts.map { #"{"id":\#($0.id),"text":"\#($0.text)","kind":"k"}"# + "\n" }.joined()
        let input = folders.folder.appendingPathComponent("rows.jsonl")
        try Data(rows.utf8).write(to: input)
        let scan = try CommandRunner.assay(
            [
                "dedup", input.path, "--keeper", "first", "--slice", "kind", "--max-drop", "1", "--out",
                folders.first, "--quiet",
            ]
                + options)
        #expect(scan.text.contains("7 in = 1 kept + 6 removed"))
        return folders
    }

    private func replan(_ folders: Folders, _ options: [String]) throws -> CommandRunner.Outcome {
        try CommandRunner.assay(
            ["dedup", "--from", folders.first, "--out", folders.second, "--quiet"] + options)
    }

    private func lines(_ run: String, _ file: String) throws -> [[String: Any]] {
        try CommandRunner.tool("zstd", ["-dcq", "\(run)/\(file)"]).text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    private func ordinal(_ line: [String: Any], _ key: String) -> Int {
        (line[key] as? [String: Any])?["ordinal"] as? Int ?? -1
    }

    /// The similarity of the row that is farthest from the keeper, and of the nearer one.
    private func similarities(_ folders: Folders) throws -> (far: Double, near: Double) {
        let casualties = try lines(folders.first, "casualties.jsonl.zst")
        let of = { (row: Int) in
            casualties.first { self.ordinal($0, "row") == row }?["similarity"] as? Double ?? 0
        }
        return (of(1), of(3))
    }

    @Test func `rows below the new threshold are freed, and one of each set of copies stays`() throws {
        let folders = try scanned()
        defer { folders.remove() }
        let (far, near) = try similarities(folders)
        try #require(far < near)
        let outcome = try replan(folders, ["--threshold", "\((far + near) / 2)"])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("7 in = 2 kept + 5 removed"))
        #expect(outcome.text.contains("1 row freed"))
        #expect(outcome.text.contains("rows.jsonl --keeper first"))
        let casualties = try lines(folders.second, "casualties.jsonl.zst")
        #expect(casualties.map { ordinal($0, "row") } == [2, 3, 4, 5, 6])
        #expect(casualties.map { ordinal($0, "keeper") } == [1, 0, 1, 1, 0])
        #expect(
            casualties.map { $0["kind"] as? String } == [
                "identical", "near", "identical", "identical", "identical",
            ])
        #expect(casualties.map { $0["difference"] as? String }[0...2] == ["fields", "wording", "identical"])
        #expect(casualties.allSatisfy { $0["raw"] is String })
        let keepers = try lines(folders.second, "keepers.jsonl.zst")
        #expect(keepers.map { ordinal($0, "row") } == [0, 1])
        #expect(keepers.map { $0["members"] as? Int } == [2, 3])
        #expect(
            try lines(folders.second, "plan.jsonl.zst").map { $0["rule"] as? String }
                == casualties.map { $0["kind"] as? String })
    }

    @Test func `the folder is a whole run that can be judged, explained, applied and planned from again`()
        throws
    {
        let folders = try scanned()
        defer { folders.remove() }
        let (far, near) = try similarities(folders)
        _ = try replan(folders, ["--threshold", "\((far + near) / 2)"])
        let names = { (run: String) in try FileManager.default.contentsOfDirectory(atPath: run).sorted() }
        #expect(try names(folders.first) == names(folders.second))
        #expect(try CommandRunner.assay(["gate", folders.second]).status == 0)
        let explained = try CommandRunner.assay(["explain", folders.second, "rows.jsonl:5"])
        #expect(explained.status == 0)
        #expect(explained.text.contains("rows.jsonl:1"))
        let out = folders.folder.appendingPathComponent("out").path
        #expect(try CommandRunner.assay(["apply", folders.second, "--out", out, "--quiet"]).status == 0)
        let kept = try String(contentsOf: URL(fileURLWithPath: out + "/rows.jsonl"), encoding: .utf8)
        #expect(kept.split(separator: "\n").count == 2)
        let third = folders.folder.appendingPathComponent("third").path
        let again = try CommandRunner.assay(
            ["dedup", "--from", folders.second, "--threshold", "1", "--out", third, "--quiet"])
        #expect(again.status == 0)
        #expect(again.text.contains("7 in = 3 kept + 4 removed"))
    }

    @Test func `without stored text copies are told by their bytes alone`() throws {
        let folders = try scanned(["--no-raw"])
        defer { folders.remove() }
        let (far, near) = try similarities(folders)
        let outcome = try replan(folders, ["--threshold", "\((far + near) / 2)", "--show-text"])
        // Row 4 has the bytes of row 1; rows 2 and 5 have another id.
        #expect(outcome.text.contains("7 in = 4 kept + 3 removed"))
        #expect(outcome.text.contains("no text is stored"))
    }

    @Test func `at the run's own threshold the plan stays as it is`() throws {
        let folders = try scanned()
        defer { folders.remove() }
        let outcome = try replan(folders, [])
        #expect(outcome.text.contains("No row was freed"))
        for file in ["plan.jsonl.zst", "casualties.jsonl.zst", "keepers.jsonl.zst", "spared.jsonl.zst"] {
            let first = try Data(contentsOf: URL(fileURLWithPath: "\(folders.first)/\(file)"))
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folders.second)/\(file)")) == first)
        }
    }

    @Test func `gates of the run are judged again, and named ones replace them`() throws {
        let folders = try scanned()
        defer { folders.remove() }
        #expect(try replan(folders, ["--threshold", "0.8"]).status == 0)
        #expect(try replan(folders, ["--threshold", "0.8", "--max-drop", "0.1", "--force"]).status == 1)
    }

    @Test(
        arguments: [
            (["--threshold", "0.6"], "is below the run's 0.8"),
            (["--slice", "kind"], "--slice needs a scan"),
            (["--shingle", "word-5"], "--shingle needs a scan"), (["--text", "text"], "--text needs a scan"),
        ])
    func `what needs a scan is refused`(_ options: [String], _ message: String) throws {
        let folders = try scanned()
        defer { folders.remove() }
        let outcome = try replan(folders, options)
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains(message))
        #expect(!FileManager.default.fileExists(atPath: folders.second))
    }

    @Test func `a changed run is refused`() throws {
        let folders = try scanned()
        defer { folders.remove() }
        let place = URL(fileURLWithPath: "\(folders.first)/casualties.jsonl.zst")
        try (try Data(contentsOf: place) + Data([0])).write(to: place)
        let outcome = try replan(folders, ["--threshold", "0.9"])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("casualties.jsonl.zst changed"))
    }

    @Test func `the diff of a doubtful row is shown on request alone`() throws {
        let folders = try scanned()
        defer { folders.remove() }
        #expect(try replan(folders, ["--show-text"]).text.contains("[-packet-]{+parcel+}"))
        #expect(try !replan(folders, ["--force"]).text.contains("packet"))
    }
}
