import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Findings

struct FrameTests {
    /// Lines of many lengths, some longer than a frame, that compress neither well nor badly.
    private static func lines(seed: UInt64, count: Int) -> [[UInt8]] {
        var state = seed
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        return (0..<count).map { index in
            let length = index % 97 == 41 ? 300_000 + Int(next() % 1000) : Int(next() % 4000)
            return (0..<length).map { _ in UInt8(97 + next() % 7) }
        }
    }

    private func write(_ lines: [[UInt8]], to path: String, threads: Int) throws -> (
        FramedFile, [FramePosition]
    ) {
        let queue = FrameQueue(threads: threads)
        let writer = try FrameWriter(path: path, queue: queue)
        let isDone = Atomic<Bool>(false)
        let helpers = DispatchGroup()
        for _ in 1..<threads {
            DispatchQueue.global().async(group: helpers) {
                while !isDone.load(ordering: .relaxed) { _ = queue?.compressNext() }
            }
        }
        defer {
            isDone.store(true, ordering: .relaxed)
            helpers.wait()
        }
        let positions = try lines.map { line in try line.withUnsafeBytes { try writer.append($0) } }
        return (try writer.finish(), positions)
    }

    @Test func `a queue gives each frame once, and holds none that its writer has compressed`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let queue = try #require(FrameQueue(threads: 2))
        #expect(FrameQueue(threads: 1) == nil)
        let writer = try FrameWriter(path: folder.appendingPathComponent("f.zst").path, queue: queue)
        let line = [UInt8](repeating: 97, count: 200_000)
        func append(_ count: Int) throws {
            for _ in 0..<count { try line.withUnsafeBytes { _ = try writer.append($0) } }
        }
        #expect(!queue.compressNext())
        // Each line fills a frame, which the next one cuts: the window is full at the fifth.
        for lines in [5, 10] {
            try append(lines)
            for _ in 0..<queue.window { #expect(queue.compressNext()) }
            #expect(!queue.compressNext())
        }
        #expect(try writer.finish().lineCount == 15)
        #expect(!queue.compressNext())
    }

    @Test func `the bytes are the same for 1, 2 and 8 threads`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let lines = Self.lines(seed: 1, count: 400)
        let results = try [1, 2, 8].map { threads in
            try write(lines, to: folder.appendingPathComponent("\(threads).zst").path, threads: threads)
        }
        let contents = try [1, 2, 8].map { try Data(contentsOf: folder.appendingPathComponent("\($0).zst")) }
        #expect(contents[0] == contents[1] && contents[0] == contents[2])
        #expect(results[0].0 == results[1].0 && results[0].0 == results[2].0)
        #expect(results[0].1 == results[2].1)
        #expect(results[0].0.digest == (try FileDigest(ofFile: folder.appendingPathComponent("1.zst").path)))
    }

    @Test func `sequential and random reading give the lines back`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("lines.jsonl.zst").path
        let lines = Self.lines(seed: 2, count: 300) + [[], [], Array("last".utf8)]
        let (file, positions) = try write(lines, to: path, threads: 4)
        #expect(file.lineCount == lines.count)

        let reader = try FrameReader(path: path)
        var read: [[UInt8]] = []
        try reader.forEachLine { read.append(Array($0)) }
        #expect(read == lines)

        for index in lines.indices.reversed() {
            let position = positions[index]
            let entry = file.frames[Int(position.frame)]
            #expect(entry.firstLine <= index)
            let line = try reader.line(atFrame: entry.compressedOffset, offset: Int(position.offset)) {
                Array($0)
            }
            #expect(line == lines[index])
        }
        let first = try #require(file.frames.first)
        #expect(throws: FindingsError.self) {
            try reader.line(atFrame: first.compressedOffset, offset: 1) { _ in }
        }
        #expect(throws: FindingsError.self) { try reader.line(atFrame: 3, offset: 0) { _ in } }
    }

    @Test func `frames hold at most 256 KiB, and a longer line is a frame of its own`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("f.zst").path
        let limit = FrameWriter.frameByteLimit
        let lengths = [limit / 2 - 1, limit / 2 - 1, 0, limit + 5, 3, limit - 1, limit]
        let (file, positions) = try write(
            lengths.map { [UInt8](repeating: 65, count: $0) }, to: path, threads: 1)
        #expect(positions.map(\.frame) == [0, 0, 1, 2, 3, 4, 5])
        #expect(positions.map(\.offset) == [0, Int32(limit / 2), 0, 0, 0, 0, 0])
        #expect(file.frames.map(\.firstLine) == [0, 2, 3, 4, 5, 6])
    }

    @Test func `zstd reads the file`() throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/zstd") else {
            print("skipped: no zstd program")
            return
        }
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("f.zst").path
        let lines = Self.lines(seed: 3, count: 150)
        _ = try write(lines, to: path, threads: 3)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/zstd")
        process.arguments = ["-dc", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(Array(output) == lines.flatMap { $0 + [10] })
    }

    @Test func `a file without lines is one empty frame`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("f.zst").path
        let (file, _) = try write([], to: path, threads: 2)
        #expect(file.lineCount == 0)
        #expect(file.digest.bytes > 0)
        var count = 0
        try FrameReader(path: path).forEachLine { _ in count += 1 }
        #expect(count == 0)
    }

    @Test func `a file cut off or changed anywhere gives no wrong line`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("f.zst").path
        let (file, _) = try write((0..<20).map { Array("line \($0)".utf8) }, to: path, threads: 1)
        let content = try Data(contentsOf: URL(fileURLWithPath: path))
        for length in 1..<file.digest.bytes {
            try content.prefix(length).write(to: URL(fileURLWithPath: path))
            #expect(throws: FindingsError.self) { try FrameReader(path: path).forEachLine { _ in } }
        }
        // A changed bit that zstd's format leaves unused may pass; other lines never do.
        for index in 0..<content.count {
            var changed = content
            changed[index] ^= 0x10
            try changed.write(to: URL(fileURLWithPath: path))
            var read: [[UInt8]] = []
            do {
                try FrameReader(path: path).forEachLine { read.append(Array($0)) }
                #expect(read == (0..<20).map { Array("line \($0)".utf8) }, "byte \(index)")
            } catch is FindingsError {}
        }
    }

    @Test(arguments: [1, 4])
    func `a full disk is an error and closes the writer`(threads: Int) throws {
        let descriptor = open("/dev/full", O_WRONLY)
        try #require(descriptor >= 0)
        let writer = FrameWriter(
            file: OutputFile(path: "/nowhere/x.zst", descriptor: descriptor),
            queue: FrameQueue(threads: threads))
        let error = #expect(throws: FindingsError.self) {
            for line in Self.lines(seed: 4, count: 2000) {
                try line.withUnsafeBytes { _ = try writer.append($0) }
            }
            _ = try writer.finish()
        }
        #expect(error?.code == .fileSystem)
        #expect(error?.description.contains("no space left on device") == true)
        let after = #expect(throws: FindingsError.self) { try writer.finish() }
        #expect(after?.code == .closed)
    }

    @Test func `nothing bears the final name before finish, and nothing is left after cancel`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("f.zst").path
        var writer: FrameWriter? = try FrameWriter(path: path, queue: FrameQueue(threads: 2))
        for line in Self.lines(seed: 5, count: 200) {
            try line.withUnsafeBytes { _ = try writer?.append($0) }
        }
        #expect(!FileManager.default.fileExists(atPath: path))
        writer?.cancel()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        writer = try FrameWriter(path: path)
        writer = nil
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        #expect(throws: FindingsError.self) { try FrameWriter(path: "/nowhere/at/all") }
    }
}
