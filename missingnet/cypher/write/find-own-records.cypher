// WRITE: the records that are a child's own: what the child had, how they are described, what intelligence names them.
// Another child's episode or interview that tells of them is not among these, nor a judgement, which rests on others.
MATCH (c:Child {id: $child})-[l:HAD|DESCRIBED_BY]->(e)
RETURN l.record AS record
UNION
MATCH (c:Child {id: $child})<-[n:NAMES]-(e:Intelligence)
RETURN n.record AS record
