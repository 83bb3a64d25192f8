import Corpus

/// What a row's bytes came to.
package enum Decoded {
    /// The row's value; it lives until the decoder decodes again or is released.
    case value(JSONNode)
    /// The row is to be set aside, with a message that holds none of its text.
    case rejected(QuarantineCode, String)
}
