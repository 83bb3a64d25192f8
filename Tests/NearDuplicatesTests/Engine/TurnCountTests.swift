import Corpus
import Testing

@testable import NearDuplicates

/// Turns as the derived slice counts them.
@Suite struct TurnCountTests {
    @Test(
        arguments: [
            ([], 0), ([(.text, .none)], 1),
            // An instruction, its input and the answer.
            ([(.user, .none), (.user, .none), (.assistant, .none)], 2),
            ([(.system, .none), (.user, .none), (.assistant, .chosen), (.assistant, .rejected)], 2),
            ([(.user, .none), (.assistant, .none), (.tool, .none), (.assistant, .none)], 4),
        ] as [([(Role, TurnMark)], Int)])
    func `a turn begins where the speaker changes`(_ turns: [(Role, TurnMark)], _ count: Int) {
        let turns = turns.map { Turn(role: $0.0, mark: $0.1, offset: 0, length: 1) }
        #expect(SurveyWorker.changesOfSpeaker(turns) == count)
    }
}
