// Which questions are asked of somebody who has given these answers: surveys/conditions.py and surveys/routing.py, once more, for
// a page on which a booklet is keyed. An answer is {codes}, {number} or {words}; of silence there is none.
export function holds(condition, answers) {
  if (condition.and) return condition.and.every((each) => holds(each, answers))
  if (condition.or) return condition.or.some((each) => holds(each, answers))
  if (condition.not) return !holds(condition.not, answers)
  const answer = answers[condition.question]
  const codes = answer?.codes ?? []
  if (condition.any_of) return condition.any_of.some((code) => codes.includes(code))
  if (condition.all_of) return condition.all_of.every((code) => codes.includes(code))
  if (condition.none_of) return codes.length > 0 && !condition.none_of.some((code) => codes.includes(code))
  if (condition.answered) return answer !== undefined
  return answer?.number >= condition.at_least
}

// `questions`: {id, askIf} in order. The ids of those on the route.
export function route(questions, answers) {
  const seen = {}
  const asked = new Set()
  for (const { id, askIf } of questions) {
    if (askIf && !holds(askIf, seen)) continue
    asked.add(id)
    if (answers[id]) seen[id] = answers[id]
  }
  return asked
}
