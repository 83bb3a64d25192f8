/// A place for each piece of work that threads share; each place is written by one thread, and read when all are done.
final class WorkerSlots<Value>: @unchecked Sendable {  // each thread writes its own elements
    private let slots: UnsafeMutableBufferPointer<Value?>

    init(count: Int) {
        slots = .allocate(capacity: count)
        slots.initialize(repeating: nil)
    }

    deinit {
        slots.deinitialize()
        slots.deallocate()
    }

    func set(_ place: Int, _ value: Value) { slots[place] = value }

    /// In order of their places; without those that were not written.
    var values: [Value] { slots.compactMap { $0 } }
}
