import Glibc
import Yams

/// The `configs` of a data set's `README.md`, as the Hugging Face Hub reads them: which files belong to which
/// configuration and split.
struct DataSetCard {
    /// Files of one configuration by a pattern, below the card's folder.
    struct Entry {
        var config: String
        /// `nil` where the file's name says it.
        var split: String?
        var pattern: String
    }

    static let fileName = "README.md"
    /// Bytes of a card that are read; the largest of the Hub's are below 100 kB.
    private static let maximumBytes = 1 << 20

    let entries: [Entry]

    /// - Parameter folder: its path as bytes, without a slash at the end; empty for the root.
    /// - Returns: `nil` where there is no such file, or one without configurations.
    init?(folder: [UInt8]) {
        guard let text = Self.read(folder + "/\(Self.fileName)".utf8), let header = Self.header(of: text),
            // As nodes, not values: an alias then costs nothing.
            let configs = (try? Yams.compose(yaml: header))?["configs"]?.sequence
        else { return nil }
        entries = configs.flatMap { Self.entries(of: $0) }
        guard !entries.isEmpty else { return nil }
    }

    /// The entry of a file, the first that matches.
    ///
    /// - Parameter path: below the card's folder, in bytes.
    func entry(of path: [UInt8]) -> Entry? { entries.first { Self.matches(path, $0.pattern) } }

    private static func entries(of config: Node) -> [Entry] {
        let name = config["config_name"]?.string ?? "default"
        var folder = config["data_dir"]?.string ?? ""
        while folder.hasSuffix("/") { folder.removeLast() }
        func entries(_ paths: Node?, split: String?) -> [Entry] {
            guard let paths else { return [] }
            let texts = paths.sequence.map { $0.compactMap(\.string) } ?? [paths.string].compactMap { $0 }
            return texts.map { text in
                let path = text.hasPrefix("./") ? String(text.dropFirst(2)) : text
                return Entry(config: name, split: split, pattern: folder.isEmpty ? path : "\(folder)/\(path)")
            }
        }
        guard let files = config["data_files"] else {
            return folder.isEmpty ? [] : [Entry(config: name, split: nil, pattern: "\(folder)/**")]
        }
        if let mapping = files.mapping {
            return mapping.flatMap { entries($0.value, split: $0.key.string) }
        }
        guard let list = files.sequence else { return entries(files, split: "train") }
        return list.flatMap { file in
            file.mapping == nil
                ? entries(file, split: "train") : entries(file["path"], split: file["split"]?.string)
        }
    }

    /// `*` stays within a folder, `**` does not.
    private static func matches(_ path: [UInt8], _ pattern: String) -> Bool {
        let crosses = pattern.contains("**")
        let path = (path + [0]).map { CChar(bitPattern: $0) }
        return fnmatch(pattern, path, crosses ? 0 : FNM_PATHNAME) == 0
            || crosses && fnmatch(pattern.replacing("**/", with: ""), path, 0) == 0
    }

    /// The YAML between the first line `---` and the next, lines ending as they do on any system.
    private static func header(of text: String) -> String? {
        let lines = text.split(omittingEmptySubsequences: false) { ["\n", "\r\n", "\r"].contains($0) }
        guard lines.first?.trimmingSuffix(while: \.isWhitespace) == "---" else { return nil }
        let body = lines.dropFirst().prefix { $0.trimmingSuffix(while: \.isWhitespace) != "---" }
        return body.count + 1 < lines.count ? body.joined(separator: "\n") : nil
    }

    private static func read(_ path: [UInt8]) -> String? {
        // Without O_NONBLOCK, opening a FIFO of that name would wait for a writer.
        let descriptor = open((path + [0]).map { CChar(bitPattern: $0) }, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: maximumBytes)
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            guard more > 0 else { break }
            count += more
        }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
