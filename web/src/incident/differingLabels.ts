interface Label {
  readonly name: string;
  readonly value: string;
}

/** The labels of one alert that do not stand above the table already. */
export function differingLabels(labels: readonly Label[], shared: readonly Label[]): readonly Label[] {
  const hoisted = new Map(shared.map(({ name, value }) => [name, value]));
  return labels.filter(({ name, value }) => hoisted.get(name) !== value);
}
