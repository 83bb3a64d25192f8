import Glibc

/// The system's words for what a call has just refused.
enum SystemCall {
    /// Repeats a call that a signal interrupted; -1 leaves `errno` for `errorText`.
    static func retrying(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result != -1 || errno != EINTR { return result }
        }
    }

    /// The text of `errno`.
    static var errorText: String { String(cString: strerror(errno)) }
}
