import Foundation
import TestSupport
import Testing

@testable import Findings

struct RunFolderTests {
    private func withParent(_ body: (String) throws -> Void) throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func names(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return attributes[.posixPermissions] as? Int ?? -1
    }

    private func makeRun(_ name: RunFolder.Name, force: Bool = false, process: Int32 = 77) throws -> String {
        let folder = try RunFolder(name, force: force, processID: process)
        try folder.write(Array("{}".utf8), to: .manifest)
        return try folder.commit()
    }

    @Test func `a run appears whole, private and ignored by git`() throws {
        try withParent { parent in
            let name = RunFolder.Name.automatic(
                parent: "\(parent)/assay-runs", verb: "dedup", firstShard: "a/train.jsonl.gz")
            let folder = try RunFolder(name, processID: 77)
            #expect(try names("\(parent)/assay-runs") == ["dedup-train.partial-77"])
            try folder.write(Array("{}".utf8), to: .manifest)
            let writer = try folder.frameWriter(for: .casualties)
            _ = try writer.finish()
            let final = try folder.commit()
            #expect(final == "\(parent)/assay-runs/dedup-train")
            #expect(try names("\(parent)/assay-runs") == ["dedup-train"])
            #expect(try names(final) == [".gitignore", "casualties.jsonl.zst", "run.json"])
            #expect(try mode(final) == 0o700)
            #expect(try mode("\(final)/casualties.jsonl.zst") == 0o600)
            #expect(try String(contentsOfFile: "\(final)/.gitignore", encoding: .utf8) == "*\n")
            #expect(throws: FindingsError.self) { try folder.commit() }
        }
    }

    @Test func `automatic names take the next free number`() throws {
        try withParent { parent in
            let name = RunFolder.Name.automatic(parent: parent, verb: "dedup", firstShard: "x.jsonl")
            let made = try (0..<3).map { _ in try makeRun(name) }
            #expect(made == ["dedup-x", "dedup-x-2", "dedup-x-3"].map { "\(parent)/\($0)" })
        }
    }

    @Test func `a name taken during the run goes to the next number`() throws {
        try withParent { parent in
            let name = RunFolder.Name.automatic(parent: parent, verb: "dedup", firstShard: "x.jsonl")
            let slow = try RunFolder(name, processID: 1)
            let fast = try makeRun(name, process: 2)
            #expect(fast == "\(parent)/dedup-x")
            #expect(try slow.commit() == "\(parent)/dedup-x-2")
        }
    }

    @Test func `an existing run is overwritten with force alone`() throws {
        try withParent { parent in
            let path = "\(parent)/run"
            _ = try makeRun(.path(path))
            try Data("old".utf8).write(to: URL(fileURLWithPath: "\(path)/summary.json"))
            let error = #expect(throws: FindingsError.self) { try RunFolder(.path(path), processID: 1) }
            #expect(error?.code == .folderExists)
            #expect(try makeRun(.path(path + "/"), force: true) == path)
            #expect(try names(path) == [".gitignore", "run.json"])
            #expect(try names(parent) == ["run"])
        }
    }

    @Test func `decisions are never overwritten, even those made during the run`() throws {
        try withParent { parent in
            let path = "\(parent)/run"
            _ = try makeRun(.path(path))
            let folder = try RunFolder(.path(path), force: true, processID: 5)
            try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(path)/decisions.jsonl"))
            #expect(throws: FindingsError.self) { try folder.commit() }
            #expect(throws: FindingsError.self) { try RunFolder(.path(path), force: true, processID: 6) }
            #expect(try names(parent) == ["run"])
            #expect(try names(path).contains("decisions.jsonl"))
        }
    }

    @Test func `force never replaces what is no run`() throws {
        try withParent { parent in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(parent)/notes.txt"))
            #expect(throws: FindingsError.self) { try RunFolder(.path(parent), force: true, processID: 1) }
            #expect(throws: FindingsError.self) {
                try RunFolder(.path("\(parent)/notes.txt"), force: true, processID: 1)
            }
            let run = try makeRun(.path("\(parent)/run"))
            try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(run)/notes.txt"))
            #expect(throws: FindingsError.self) { try RunFolder(.path(run), force: true, processID: 1) }
            #expect(try names(run).contains("notes.txt"))
        }
    }

    @Test func `an empty folder may be given`() throws {
        try withParent { parent in
            let path = "\(parent)/empty"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            #expect(try makeRun(.path(path)) == path)
        }
    }

    @Test func `an interrupted run leaves no folder`() throws {
        try withParent { parent in
            var folder: RunFolder? = try RunFolder(.path("\(parent)/run"), processID: 9)
            try folder?.write([1], to: .summary)
            #expect(try names(parent) == ["run.partial-9"])
            folder?.cancel()
            #expect(try names(parent) == [])
            folder = try RunFolder(.path("\(parent)/run"), processID: 9)
            folder = nil
            #expect(try names(parent) == [])
        }
    }

    @Test func `a leftover of the same process number does not stand in the way`() throws {
        try withParent { parent in
            try FileManager.default.createDirectory(
                atPath: "\(parent)/run.partial-7/", withIntermediateDirectories: false)
            let folder = try RunFolder(.path("\(parent)/run"), processID: 7)
            #expect(try names(parent) == ["run.partial-7", "run.partial-7.2"])
            #expect(RunFolder.leftovers(of: parent) == ["run.partial-7"])
            RunFolder.removeLeftover("\(parent)/run.partial-7")
            _ = try folder.commit()
            #expect(try names(parent) == ["run"])
        }
    }

    @Test func `leftovers are partial folders that no process holds`() throws {
        try withParent { parent in
            let alive = try RunFolder(.path("\(parent)/alive"), processID: 10)
            for name in ["dead.partial-11", "dead.partial-x", "notes", "old.partial-12.replaced"] {
                try FileManager.default.createDirectory(
                    atPath: "\(parent)/\(name)", withIntermediateDirectories: false)
            }
            try Data().write(to: URL(fileURLWithPath: "\(parent)/file.partial-13"))
            #expect(RunFolder.leftovers(of: parent) == ["dead.partial-11", "old.partial-12.replaced"])
            alive.cancel()
            #expect(RunFolder.leftovers(of: "\(parent)/none") == [])
        }
    }

    @Test(arguments: [
        ("plain", "train.jsonl", "dedup-train"),
        ("folder", "a/b/part-0.jsonl.zst", "dedup-part-0"),
        ("escape", "\u{1b}[31m/../x y\n.json", "dedup-x_y_"),
        ("dots", "..", "dedup-.."),
        ("suffix alone", ".jsonl", "dedup-.jsonl"),
        ("other script", "データ.jsonl", "dedup"),
        ("empty", "", "dedup"),
    ])
    func `automatic names are plain`(id: String, shard: String, expected: String) {
        #expect(RunFolder.stem(verb: "dedup", firstShard: shard) == expected)
    }
}
