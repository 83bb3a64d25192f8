import Foundation
import Glibc
import TestSupport
import Testing

/// The served page over real connections: who gets in, what others get.
@Suite struct ReviewServerTests {
    /// A review that is served while `body` runs.
    private func withServer(_ body: (Served) throws -> Void) throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        try #require(try corpus.scan(["--max-drop", "1"]).status == 0)
        let process = try CommandRunner.process(["review", corpus.run, "--reviewer", "anna"])
        let log = corpus.folder.appendingPathComponent("served.txt")
        try Data().write(to: log)
        process.standardOutput = try FileHandle(forWritingTo: log)
        // Open for as long as the process: an end of the input would be no Enter.
        process.standardInput = Pipe()
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        var link = ""
        for _ in 0..<300 where link.isEmpty {
            usleep(50_000)
            let text = try String(contentsOf: log, encoding: .utf8)
            if let range = text.range(of: "http://[^ \n]+\n", options: .regularExpression) {
                link = String(text[range].dropLast())
            }
        }
        let url = try #require(URL(string: link))
        try body(
            Served(port: UInt16(url.port ?? 0), enter: "\(url.path)?\(url.query ?? "")", run: corpus.run))
    }

    struct Served {
        var port: UInt16
        var enter: String
        var run: String

        /// - Returns: the whole answer.
        func ask(_ head: [String], body: String = "") throws -> String {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let connected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            try #require(connected == 0)
            let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
            let text = (head + length + ["Connection: close", "", ""]).joined(separator: "\r\n") + body
            _ = Array(text.utf8).withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            var answer: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count <= 0 { break }
                answer += buffer[..<count]
            }
            return String(decoding: answer, as: UTF8.self)
        }

        func get(_ path: String, _ more: [String] = []) throws -> String {
            try ask(["GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)"] + more)
        }

        func post(_ path: String, _ body: String, _ more: [String]) throws -> String {
            try ask(
                [
                    "POST \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Origin: http://127.0.0.1:\(port)",
                    "Content-Type: application/json",
                ] + more, body: body)
        }

        /// The cookie that the link is exchanged for.
        func cookie() throws -> String {
            let answer = try get(enter)
            let range = try #require(
                answer.range(of: "assay-review=[0-9a-f]{32}", options: .regularExpression))
            return "Cookie: " + answer[range]
        }
    }

    @Test func `the link opens the page, and a decision is on disk at once`() throws {
        try withServer { served in
            let cookie = try served.cookie()
            let page = try served.get("/", [cookie])
            #expect(page.hasPrefix("HTTP/1.1 200") && page.contains("script-src 'sha256-"))
            #expect(page.contains("default-src 'none'") && !page.contains("/*script*/"))
            let cluster = try served.get("/api/cluster?place=0", [cookie])
            #expect(cluster.contains("\"members\":[{\"member\":"), "\(cluster)")
            let answer = try served.post("/api/restore", "{\"cluster\":0,\"members\":[]}", [cookie])
            #expect(answer.contains("\"message\":\"the rows stay\""), "\(answer)")
            let trail = try String(contentsOfFile: "\(served.run)/decisions.jsonl", encoding: .utf8)
            #expect(trail.contains("\"action\":\"restore\"") && trail.contains("\"reviewer\":\"anna\""))
        }
    }

    @Test func `without the cookie there is no answer and no datum`() throws {
        try withServer { served in
            for path in [
                "/", "/api/state", "/api/cluster?place=0", "/api/overlap", "/enter?token=0",
                "/../../etc/passwd",
            ] {
                let answer = try served.get(path)
                #expect(answer.hasPrefix("HTTP/1.1 401"), "\(path): \(answer.prefix(60))")
                #expect(!answer.contains("jsonl") && !answer.contains("cluster"), "\(path)")
            }
            let refused = try served.post("/api/restore", "{\"cluster\":0}", [])
            #expect(refused.hasPrefix("HTTP/1.1 401"))
            #expect(!FileManager.default.fileExists(atPath: "\(served.run)/decisions.jsonl"))
        }
    }

    @Test func `strange requests of the browser that is in get short answers`() throws {
        try withServer { served in
            let cookie = try served.cookie()
            for (answer, status) in [
                (try served.get("/api/cluster?place=-1", [cookie]), 409),
                (try served.get("/api/cluster?place=999999", [cookie]), 409),
                (try served.get("/api/cluster?place=x", [cookie]), 409),
                (try served.get("/run.json", [cookie]), 404),
                (try served.get("/%2e%2e/run.json", [cookie]), 404),
                (try served.post("/api/restore", "{\"cluster\":0,\"members\":[999999]}", [cookie]), 409),
                (try served.post("/api/restore", "{", [cookie]), 400),
                (try served.post("/api/restore", "{\"cluster\":\"0\"}", [cookie]), 400),
                (try served.post("/api/keeper", "{\"cluster\":-1,\"member\":0}", [cookie]), 409),
                (try served.post("/api/keeper", "{\"cluster\":0,\"member\":9999999999}", [cookie]), 409),
                (try served.post("/api/overlap", "{\"place\":-3,\"action\":\"remove\"}", [cookie]), 409),
                (try served.post("/api/overlap", "{\"place\":0,\"action\":\"undo\"}", [cookie]), 409),
                (try served.post("/api/nothing", "{}", [cookie]), 409),
                (try served.post("/api/sign-off", "{}", [cookie]), 409),
                (try served.post("/api/accept", String(repeating: " ", count: 70_000), [cookie]), 413),
                (try served.ask(["GET /api/state HTTP/1.1", "Host: evil.example", cookie]), 403),
            ] { #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(status): \(answer.prefix(400))") }
            #expect(!FileManager.default.fileExists(atPath: "\(served.run)/decisions.jsonl"))
        }
    }

    @Test func `a second review of the run is refused`() throws {
        try withServer { served in
            let second = try CommandRunner.assay(["review", served.run, "--terminal"])
            #expect(second.status == 2 && second.errorText.contains("another review of this run is open"))
        }
    }

    @Test func `it listens on loopback alone`() throws {
        try withServer { served in
            let table = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
            let port = String(served.port, radix: 16, uppercase: true)
            let listening = table.split(separator: "\n").filter { $0.contains(":\(port) 00000000:0000 0A") }
            #expect(
                !listening.isEmpty && listening.allSatisfy { $0.contains("0100007F:\(port)") }, "\(listening)"
            )
        }
    }
}
