/// The keys of a chat's messages and the names of its speakers, where a set has its own.
package struct ChatTags: Sendable, Hashable {
    /// The key that names the speaker.
    package var roleKey: String
    /// The key that holds what is said.
    package var contentKey: String
    /// Roles by the speakers' names; other names are read as in the published formats.
    package var roles: [String: Role]

    package init(roleKey: String, contentKey: String, roles: [String: Role]) {
        self.roleKey = roleKey
        self.contentKey = contentKey
        self.roles = roles
    }
}
