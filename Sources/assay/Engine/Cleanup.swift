import Foundation
import Synchronization

/// Removes a run's unfinished files when a signal ends the process.
///
/// SIGINT and SIGTERM are blocked in every thread and taken by one that waits for them; it removes what is
/// registered and ends the process with 128 + the signal's number at once, whatever the others are doing.
enum Cleanup {
    private static let folders = Mutex<Set<String>>([])

    /// Called once, before any other thread is started.
    static func install() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        var thread = pthread_t()
        pthread_create(&thread, nil, { _ in Cleanup.wait() }, nil)
        pthread_detach(thread)
    }

    private static func wait() -> Never {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
        removeAll()
        _exit(128 + number)
    }

    static func register(_ folder: String) { folders.withLock { _ = $0.insert(folder) } }

    static func unregister(_ folder: String) { folders.withLock { _ = $0.remove(folder) } }

    /// Removes the registered folders; what cannot be removed is left.
    static func removeAll() {
        for folder in folders.withLock({ $0 }) { remove(folder) }
    }

    /// Removes a folder with all that is in it.
    static func remove(_ folder: String) {
        try? FileManager.default.removeItem(atPath: folder)
        unregister(folder)
    }
}
