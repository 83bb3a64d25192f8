import Glibc

extension FindingsError {
    /// The error for a failed system call, from `errno` as it is now.
    ///
    /// - Parameter action: what was tried, as in "cannot write".
    static func system(_ action: String, place: String, errno number: Int32 = errno) -> FindingsError {
        let advice =
            switch number {
            case ENOSPC, EDQUOT: "; free space or choose another folder with --out"
            case EFBIG: "; the file size limit (ulimit -f) is reached"
            case EACCES, EPERM, EROFS: "; choose a folder that may be written"
            default: ""
            }
        return FindingsError(.fileSystem, action + advice, place: place, cause: errorText(number))
    }

    /// The usual causes by their names, so that the text is the same in every locale.
    private static func errorText(_ number: Int32) -> String {
        switch number {
        case ENOSPC: "no space left on device"
        case EDQUOT: "disk quota exceeded"
        case EFBIG: "file too large"
        case EACCES: "permission denied"
        case EPERM: "operation not permitted"
        case EROFS: "read-only file system"
        case ENOENT: "no such file or folder"
        case EEXIST: "file exists"
        case ENOTDIR: "not a folder"
        case EISDIR: "is a folder"
        case ENOTEMPTY: "folder not empty"
        case EIO: "input/output error"
        case EMFILE, ENFILE: "too many open files"
        case ENAMETOOLONG: "file name too long"
        case ELOOP: "too many symbolic links"
        case EXDEV: "on another file system"
        default: "errno \(number)"
        }
    }
}
