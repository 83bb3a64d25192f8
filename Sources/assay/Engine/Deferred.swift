import Dispatch
import Synchronization

/// A value that is made beside other work, where there are threads for it, else when it is first asked for.
final class Deferred<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)
    private let make: @Sendable () -> Value

    init(threads: Int, _ make: @escaping @Sendable () -> Value) {
        self.make = make
        if threads > 1 { DispatchQueue.global().async { _ = self.value } }
    }

    /// Waits until it is made.
    var value: Value {
        made.withLock { made in
            if let made { return made }
            let fresh = make()
            made = fresh
            return fresh
        }
    }
}
