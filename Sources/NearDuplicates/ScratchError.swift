import CText
import Glibc

/// Scratch could not be written or read: usually a full disk.
package struct ScratchError: Error, CustomStringConvertible {
    package var path: String
    package var action: String
    package var code: Int32

    package var description: String {
        "scratch: cannot \(action) \(path): \(String(cString: strerror(code))); "
            + "free space there or name another folder by --scratch"
    }
}
