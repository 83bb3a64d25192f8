/// A file that an input leads to, before it has a name.
struct FoundFile {
    /// As it is to be opened.
    let path: [UInt8]
    /// From the root, with the folders that the input names resolved; shard names come of it.
    let absolutePath: [UInt8]
    let status: FileStatus
    var isSpooled = false
}
