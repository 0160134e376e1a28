// WRITE: the joins that touch these keys, each with the record version that states it
UNWIND $ids AS id MATCH (k:Key {id: id})-[j:JOINS]-(o:Key)
RETURN DISTINCT startNode(j).key AS a, endNode(j).key AS b, j.event AS event, j.holds AS holds, j.label AS label,
       j.agency AS agency, j.sealed AS sealed, j.judged AS judged, j.born AS born
