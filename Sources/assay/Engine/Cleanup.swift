import Foundation
import Synchronization

/// Removes a run's unfinished files when a signal ends the process.
///
/// SIGINT, SIGTERM and SIGHUP are blocked in every thread and taken by one that waits for them; it removes what is
/// registered and ends the process with 128 + the signal's number at once, whatever the others are doing.
enum Cleanup {
    private static let folders = Mutex<Set<String>>([])
    /// What gives a terminal back as it was.
    private static let restoring = Mutex<(@Sendable () -> Void)?>(nil)
    /// Held while a folder is made and registered, and for ever once a signal has come.
    private static let making = NSLock()
    private static let isEnding = Atomic<Bool>(false)

    private static var endingSignals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, number) }
        return set
    }

    /// Called once, before any other thread is started.
    static func install() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        var set = endingSignals
        pthread_sigmask(SIG_BLOCK, &set, nil)
        var thread = pthread_t()
        pthread_create(&thread, nil, { _ in Cleanup.wait() }, nil)
        pthread_detach(thread)
    }

    private static func wait() -> Never {
        var set = endingSignals
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
        making.lock()
        isEnding.store(true, ordering: .sequentiallyConsistent)
        restoring.withLock { $0 }?()
        removeAll()
        _exit(128 + number)
    }

    /// Makes a folder and registers it; a signal comes before or after both.
    static func making<Folder>(
        _ make: () throws -> Folder, at path: (Folder) -> String
    ) rethrows -> Folder {
        making.lock()
        defer { making.unlock() }
        let folder = try make()
        register(path(folder))
        return folder
    }

    /// Never returns once a signal has come: what fails then fails because its files are being removed.
    static func waitIfEnding() {
        while isEnding.load(ordering: .sequentiallyConsistent) { pause() }
    }

    /// What a signal does before it ends the process; one at a time, `nil` for nothing.
    static func whenEnding(_ body: (@Sendable () -> Void)?) { restoring.withLock { $0 = body } }

    static func register(_ folder: String) { folders.withLock { _ = $0.insert(folder) } }

    static func unregister(_ folder: String) { folders.withLock { _ = $0.remove(folder) } }

    /// Removes the registered folders; what cannot be removed is left.
    static func removeAll() {
        for folder in folders.withLock({ $0 }) { remove(folder) }
    }

    /// Removes a folder with all that is in it.
    ///
    /// It is set aside under another name first, so that no other thread can put a file into it meanwhile.
    static func remove(_ folder: String) {
        let aside = folder + ".removed"
        try? FileManager.default.removeItem(atPath: rename(folder, aside) == 0 ? aside : folder)
        unregister(folder)
    }
}
