// One copy of the data set class for the network and for the timeline: the esnext builds share their parts.
import moment from "moment";
import "moment/locale/en-gb";

moment.locale("en-gb");

export { Network } from "vis-network/esnext/esm/vis-network.js";
export { DataSet } from "vis-data/esnext/esm/vis-data.js";
export { Timeline } from "vis-timeline/esnext/esm/vis-timeline-graph2d.js";
export { moment };
