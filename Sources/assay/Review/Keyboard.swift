import Glibc

/// Keys of a terminal, one at a time without Enter; of a pipe, its characters.
final class Keyboard {
    private var former = termios()
    private let isTerminal: Bool

    init() {
        isTerminal = isatty(0) == 1 && tcgetattr(0, &former) == 0
        if isTerminal {
            let settings = former
            Cleanup.whenEnding {
                var settings = settings
                tcsetattr(0, TCSANOW, &settings)
            }
        }
        setRaw()
    }

    private func setRaw() {
        guard isTerminal else { return }
        var raw = former
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(0, TCSANOW, &raw)
    }

    /// Gives the terminal back as it was.
    func restore() { if isTerminal { tcsetattr(0, TCSANOW, &former) } }

    /// The next key; line ends are none. `nil` at the end of the input.
    func next() -> Character? {
        while let byte = readByte() {
            if byte == 0x0a || byte == 0x0d { continue }
            if byte == 0x1b, isTerminal {
                if let arrow = arrow() { return arrow }
                continue
            }
            return Character(UnicodeScalar(byte < 0x80 ? byte : 0x3f))
        }
        return nil
    }

    /// The key that an arrow stands for; `nil` for another sequence.
    private func arrow() -> Character? {
        guard readByte() == UInt8(ascii: "[") else { return nil }
        switch readByte() {
        case UInt8(ascii: "A"): return "i"
        case UInt8(ascii: "B"): return "j"
        case UInt8(ascii: "C"): return "s"
        case UInt8(ascii: "D"): return "p"
        default: return nil
        }
    }

    /// A line of text.
    func line(_ prompt: String) -> String {
        restore()
        defer { setRaw() }
        if isTerminal { Output.print(prompt) }
        var bytes: [UInt8] = []
        while let byte = readByte(), byte != 0x0a { bytes.append(byte) }
        let text = String(decoding: bytes, as: UTF8.self)
        return String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    private func readByte() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = read(0, &byte, 1)
            if count == 1 { return byte }
            if count == 0 || errno != EINTR { return nil }
        }
    }
}
